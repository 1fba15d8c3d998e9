"""表决票 of a secret ballot, and what came of it: 票决结果报告单 or 计票单."""

from dataclasses import dataclass

from common.documents.papers.base import Paper
from common.documents.render import Metadata


@dataclass(frozen=True)
class BallotSheetPaper(Paper):
    """One sheet a voter, all alike: no number, no name, nothing that tells one from another.

    `words`: the options as columns; `names`: one line each; `write_in_lines`: empty lines for 另选他人; `rule`: how it
    is marked.
    """

    template = "print/ballot_sheet.html"
    stylesheets = ("page.css", "sheet.css", "table.css", "ballot.css")

    meeting: str
    entry: str
    words: tuple[str, ...]
    names: tuple[str, ...]
    write_in_lines: int
    rule: str
    copies: int

    @property
    def sheets(self) -> range:
        return range(self.copies)

    @property
    def empty_lines(self) -> range:
        return range(self.write_in_lines)

    def metadata(self) -> Metadata:
        return Metadata(title="表决票", subject=self.meeting)


@dataclass(frozen=True)
class ReportLine:
    """One name as it came out; `figures`: (word, number)."""

    name: str
    figures: tuple[tuple[str, int], ...]
    sentence: str


@dataclass(frozen=True)
class BallotReportPaper(Paper):
    """The result with the numbers of the box, each name, who watched, and where it stands in the chain.

    `others`: (name written in, votes, elected); `officers`: (duty, name); `signed`: who signed on his own device.
    """

    template = "print/ballot_report.html"
    stylesheets = ("page.css", "sheet.css", "table.css", "ballot.css")

    mark: str
    meeting: str
    entry: str
    no: int
    way: str
    places: int | None
    counted_at: str
    figures: tuple[tuple[str, int], ...]
    lines: tuple[ReportLine, ...]
    others: tuple[tuple[str, int, bool], ...]
    officers: tuple[tuple[str, str], ...]
    signed: tuple[str, ...]
    chain_seq: int
    chain_digest: str

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word for word, _ in self.lines[0].figures) if self.lines else ()

    def metadata(self) -> Metadata:
        return Metadata(title=self.mark, subject=f"{self.meeting}，{self.entry}")
