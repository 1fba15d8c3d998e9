"""会议议程 and 会议通知."""

from dataclasses import dataclass
from datetime import date

from common.documents.papers.base import Imprint, Paper, RedHead, Roll, Section
from common.documents.render import Metadata


@dataclass(frozen=True)
class AgendaLine:
    """One entry as printed; a cadre entry bears only 干部任免事项.

    `number`: 1, 2 …; `start`: 15:00 or empty; `ask`: 听取, 讨论, 票决; `attendants`: units or people called in.
    """

    number: str
    title: str
    unit: str
    presenter: str
    ask: str = ""
    start: str = ""
    attendants: tuple[str, ...] = ()


@dataclass(frozen=True)
class AgendaPaper(Paper):
    """The agenda laid on the table. `facts`: 时间, 地点, 主持, 出席, 列席; `remarks`: secrecy, what to bring."""

    template = "print/agenda.html"
    stylesheets = ("page.css", "sheet.css", "table.css")

    title: tuple[str, ...]
    facts: tuple[Roll, ...]
    entries: tuple[AgendaLine, ...]
    issuer: str
    issued_on: date
    remarks: tuple[str, ...] = ()
    copy_no: str = ""
    classification: str = ""
    state: str = ""

    @property
    def has_starts(self) -> bool:
        """Whether any entry has a time of its own."""
        return any(entry.start for entry in self.entries)

    def metadata(self) -> Metadata:
        return Metadata(title="".join(self.title), author=self.issuer, created=self.issued_on)


@dataclass(frozen=True)
class MeetingNoticePaper(Paper):
    """The notice that calls the meeting, as a letter of the office.

    `addressed_to`: 主送 as one text without its colon; `opening`: 经……同意，定于……召开……。现将有关事项通知如下;
    `sections`: 一、会议时间 …; `contact`: 联系人 and telephone, in brackets at the end.
    """

    template = "print/meeting_notice.html"
    stylesheets = ("page.css", "official.css")

    head: RedHead
    title: tuple[str, ...]
    addressed_to: str
    opening: str
    sections: tuple[Section, ...]
    issuer: str
    issued_on: date
    contact: str = ""
    imprint: Imprint | None = None

    def metadata(self) -> Metadata:
        return Metadata(
            title="".join(self.title), author=self.issuer, subject=self.head.document_no, created=self.issued_on
        )
