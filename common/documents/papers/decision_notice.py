"""议定事项通知单: what one unit has to do after a meeting."""

from dataclasses import dataclass
from datetime import date

from common.documents.papers.base import Paper
from common.documents.render import Metadata


@dataclass(frozen=True)
class NoticeMatter:
    """One decided matter for this unit.

    `number`: its number in the meeting; `item`: title of the item; `text`: what was decided; `duty`: 牵头 or 配合;
    `leader`: 责任领导; `lead_unit`, `co_units`: short names; `deadline`: a date in words, or 长期坚持.
    """

    number: str
    item: str
    text: str
    duty: str
    leader: str
    lead_unit: str
    co_units: tuple[str, ...] = ()
    deadline: str = ""


@dataclass(frozen=True)
class DecisionNoticePaper(Paper):
    """The notice to one unit.

    `mark`: 云川区委常委会议定事项通知单; `addressed_to`: the unit's full name; `opening`: one paragraph that names
    the meeting and its minutes; `requests`: paragraphs on feedback; `contact`: name and telephone; `copied_to`: as
    one text.
    """

    template = "print/decision_notice.html"
    stylesheets = ("page.css", "sheet.css", "table.css")

    mark: str
    document_no: str
    addressed_to: str
    opening: str
    matters: tuple[NoticeMatter, ...]
    requests: tuple[str, ...]
    issuer: str
    issued_on: date
    contact: str = ""
    copied_to: str = ""

    def metadata(self) -> Metadata:
        return Metadata(
            title=self.mark + self.document_no, author=self.issuer, subject=self.addressed_to, created=self.issued_on
        )
