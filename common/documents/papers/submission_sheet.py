"""议题呈报单: the sheet that goes round for signatures."""

from dataclasses import dataclass
from datetime import date

from common.documents.papers.base import Paper
from common.documents.render import Metadata


@dataclass(frozen=True)
class SheetCheck:
    """One of the five checks: 风险评估, 中（已确认防控措施）, by whom, on which day; open ones are empty."""

    name: str
    conclusion: str = ""
    reviewer: str = ""
    concluded_on: date | None = None


@dataclass(frozen=True)
class SheetSignature:
    """One step of the sign chain; unsigned steps keep their room for the pen.

    `role`: 分管领导意见; `note`: 代签依据 or 纸质签批,扫描件附后.
    """

    role: str
    opinion: str = ""
    signer: str = ""
    signed_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class SubmissionSheetPaper(Paper):
    """The sheet of one version of an item.

    `mark`: 云川区委常委会议题呈报单; `number`: the item's number; the other fields as the office's form names them,
    already in words (`amount`: 1.8亿元（18,000万元）); `reason`: 事由; `requested`: 需议决事项; `minutes_needed`:
    10分钟; `foot`: version and digest of the text that the signatures bind.
    """

    template = "print/submission_sheet.html"
    stylesheets = ("page.css", "sheet.css", "table.css")

    mark: str
    number: str
    item: str
    unit: str
    unit_head: str
    submitted_on: date
    reason: tuple[str, ...]
    requested: tuple[str, ...]
    presenter: str
    kind: str
    major_matter: str = "否"
    amount: str = ""
    classification: str = ""
    urgency: str = ""
    meeting: str = ""
    minutes_needed: str = ""
    coordination: tuple[str, ...] = ()
    attendants: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    checks: tuple[SheetCheck, ...] = ()
    signatures: tuple[SheetSignature, ...] = ()
    liaison: str = ""
    foot: str = ""

    def metadata(self) -> Metadata:
        title = f"{self.mark}：{self.item}"
        return Metadata(title=title, author=self.unit, subject=self.number, created=self.submitted_on)
