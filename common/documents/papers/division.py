"""领导分工: the whole list, and one leader's sheet."""

from dataclasses import dataclass
from datetime import date

from common.documents.papers.base import Paper, Roll
from common.documents.render import Metadata


@dataclass(frozen=True)
class DivisionRow:
    """One leader.

    `duties`: 分管工作 line by line; `units`: 分管部门; `liaisons`: 联系; `assists`: 协助; `backups`: AB角.
    """

    name: str
    post: str
    duties: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    liaisons: tuple[str, ...] = ()
    assists: tuple[str, ...] = ()
    backups: tuple[str, ...] = ()


@dataclass(frozen=True)
class DivisionPaper(Paper):
    """The whole list, A4 across.

    `title`: 区委常委和区政府领导分工一览表; `basis`: the decision and the day in force; `as_of`: the day that was
    asked; `remarks`: notes below; `state`: 草案 where it is not in force.
    """

    template = "print/division.html"
    stylesheets = ("page.css", "sheet.css", "across.css", "table.css")

    title: str
    basis: str
    as_of: date
    rows: tuple[DivisionRow, ...]
    issuer: str
    remarks: tuple[str, ...] = ()
    state: str = ""

    @property
    def has_assists(self) -> bool:
        """Whether the 协助 column is worth its room."""
        return any(row.assists for row in self.rows)

    def metadata(self) -> Metadata:
        return Metadata(title=self.title, author=self.issuer, subject=self.basis, created=self.as_of)


@dataclass(frozen=True)
class LeaderDivisionPaper(Paper):
    """One leader's sheet, A4 upright. `backup_for`: whom this leader stands in for; `lines`: further labelled lines."""

    template = "print/leader_division.html"
    stylesheets = ("page.css", "sheet.css", "table.css")

    title: str
    basis: str
    as_of: date
    leader: DivisionRow
    issuer: str
    backup_for: tuple[str, ...] = ()
    lines: tuple[Roll, ...] = ()
    remarks: tuple[str, ...] = ()
    state: str = ""

    def metadata(self) -> Metadata:
        return Metadata(
            title=f"{self.title}（{self.leader.name}）", author=self.issuer, subject=self.basis, created=self.as_of
        )
