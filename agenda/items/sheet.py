"""呈报单: what a unit writes about an item (rules.md §4). Pure values; what a version froze reads without any row."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple, Self

from agenda.items.models import Classification, MajorKind
from agenda.rules.models import Handling
from committee.bodies.models import Body
from common.web.formats import cn_minutes, money

LABELS = {
    "title": "议题",
    "unit": "提报单位",
    "co_units": "联合提报单位",
    "matter_kind": "事项类别",
    "handling": "拟议方式",
    "target_body": "拟上会议",
    "major_kinds": "三重一大",
    "amount": "涉及金额",
    "classification": "密级",
    "leader": "分管领导",
    "reason": "事由",
    "matters": "需议决事项",
    "coordination": "协调情况",
    "presenter": "汇报人",
    "minutes": "汇报时长",
    "attendants": "建议列席单位",
    "urgent": "急件",
    "urgent_reason": "急件理由",
}
_IDS = {"unit", "matter_kind", "leader", "minutes"}
_MANY_IDS = {"co_units", "attendants"}
_CHOICES = {"handling": Handling, "target_body": Body.Kind, "classification": Classification}
_AMOUNT = re.compile(r"([0-9]+(?:\.[0-9]+)?)(亿|万|千万|百万)?元?")
_UNITS = {None: 1, "亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4}
MOST_YUAN = Decimal(10) ** 15


def parse_amount(text: str) -> Decimal:
    """Yuan of 1.8亿元, 9500万, 180,000,000; full-width figures too. Raises ValueError for anything else."""
    plain = re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", text))
    found = _AMOUNT.fullmatch(plain)
    if not found:
        raise ValueError(text)
    try:
        yuan = Decimal(found[1]) * _UNITS[found[2]]
    except InvalidOperation as error:
        raise ValueError(text) from error
    if yuan >= MOST_YUAN or yuan != round(yuan, 2):
        raise ValueError(text)
    return yuan


@dataclass(frozen=True)
class Sheet:
    """The fields of the form. Ids are those of units, people and matters; `amount` is yuan.

    `unread` keeps what was typed and could not be read, so that a draft loses nothing.
    """

    title: str = ""
    unit: int | None = None
    co_units: tuple[int, ...] = ()
    matter_kind: int | None = None
    handling: str = Handling.DISCUSS.value
    target_body: str = Body.Kind.STANDING.value
    major_kinds: tuple[str, ...] = ()
    amount: Decimal | None = None
    classification: str = Classification.INTERNAL.value
    leader: int | None = None
    reason: str = ""
    matters: tuple[str, ...] = ()
    coordination: str = ""
    presenter: str = ""
    minutes: int | None = None
    attendants: tuple[int, ...] = ()
    urgent: bool = False
    urgent_reason: str = ""
    unread: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Self:
        """Read a draft however half-typed it is: unknown keys are left, unreadable values are kept in `unread`."""
        values: dict[str, Any] = {}
        unread = []
        for name in LABELS:
            if name not in content or content[name] in (None, ""):
                continue
            try:
                values[name] = _read(name, content[name])
            except (TypeError, ValueError):
                unread.append((name, _plain(str(content[name]))))
        return cls(**values, unread=tuple(unread))

    def to_json(self) -> dict[str, Any]:
        """As JSON, the same for equal sheets; what could not be read goes back as it was typed."""
        return {name: _written(getattr(self, name)) for name in LABELS} | dict(self.unread)

    def but(self, **changes: Any) -> Self:
        """A copy with some fields changed."""
        return replace(self, **changes)

    @property
    def characters(self) -> int:
        """How long its text is, as an office counts: signs count, blanks do not."""
        return sum(not sign.isspace() for text in (self.reason, *self.matters, self.coordination) for sign in text)


FIELDS = tuple(field.name for field in fields(Sheet) if field.name != "unread")


def _read(name: str, value: Any) -> Any:
    if name in _IDS:
        return _whole(value)
    if name in _MANY_IDS or name in ("matters", "major_kinds"):
        value = value.splitlines() if isinstance(value, str) and name == "matters" else value
        if not isinstance(value, list | tuple):
            raise TypeError(name)
    if name in _MANY_IDS:
        return tuple(dict.fromkeys(_whole(one) for one in value))
    if name == "major_kinds":
        return tuple(kind for kind in MajorKind.values if kind in {MajorKind(one).value for one in value})
    if name in _CHOICES:
        return _CHOICES[name](value).value
    if name == "amount":
        return parse_amount(str(value))
    if name == "matters":
        return tuple(line for line in (_plain(one) for one in value) if line)
    if name == "urgent":
        return value if isinstance(value, bool) else str(value).lower() in {"true", "on", "1", "是"}
    text = _plain(value)
    return " ".join(text.split()) if name in {"title", "presenter"} else text


def _whole(value: Any) -> int:
    """An id or a number of minutes; what no column could hold is refused."""
    number = int(value)
    if not 0 <= number < 2**31:
        raise ValueError(value)
    return number


def _plain(value: Any) -> str:
    """Text without the signs that a database cannot keep."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value.replace("\r\n", "\n").replace("\0", "").strip()


def _written(value: Any) -> Any:
    match value:
        case Decimal():
            return format(value.normalize(), "f")
        case tuple():
            return list(value)
        case _:
            return value


class Names(NamedTuple):
    """The words for the ids of a sheet."""

    units: Mapping[int, str]
    people: Mapping[int, str]
    matters: Mapping[int, str]


class Paper(NamedTuple):
    """An attachment as a version freezes it."""

    id: int
    name: str
    kind: str
    sha256: str
    size: int


def in_words(sheet: Sheet, names: Names) -> dict[str, str]:
    """Every field as a reader sees it, empty where nothing is written."""

    def listed(ids: tuple[int, ...]) -> str:
        return "、".join(names.units.get(one, "") for one in ids)

    words = {
        "title": sheet.title,
        "unit": names.units.get(sheet.unit or 0, ""),
        "co_units": listed(sheet.co_units),
        "matter_kind": names.matters.get(sheet.matter_kind or 0, ""),
        "handling": Handling(sheet.handling).label,
        "target_body": Body.Kind(sheet.target_body).label,
        "major_kinds": "、".join(MajorKind(kind).label for kind in sheet.major_kinds),
        "amount": "" if sheet.amount is None else money(sheet.amount),
        "classification": Classification(sheet.classification).label,
        "leader": names.people.get(sheet.leader or 0, ""),
        "reason": sheet.reason,
        "matters": "\n".join(sheet.matters),
        "coordination": sheet.coordination,
        "presenter": sheet.presenter,
        "minutes": cn_minutes(sheet.minutes) if sheet.minutes else "",
        "attendants": listed(sheet.attendants),
        "urgent": "是" if sheet.urgent else "否",
        "urgent_reason": sheet.urgent_reason,
    }
    return words | dict(sheet.unread)


def compose(sheet: Sheet, names: Names, papers: list[Paper]) -> dict[str, Any]:
    """The content of a version: the values, the words they stood for on that day, and the attachments' digests."""
    return {
        "sheet": sheet.to_json(),
        "words": in_words(sheet, names),
        "attachments": [paper._asdict() for paper in papers],
    }


class Change(NamedTuple):
    """A field that differs between two contents; for the attachments the papers that went out and came in."""

    field: str
    label: str
    before: str
    after: str
    gone: tuple[dict[str, Any], ...] = ()
    come: tuple[dict[str, Any], ...] = ()


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What differs between two composed contents, field by field as readers see it, attachments last."""
    changes = [
        Change(name, label, before["words"].get(name, ""), after["words"].get(name, ""))
        for name, label in LABELS.items()
        if before["words"].get(name, "") != after["words"].get(name, "")
    ]
    gone, come = _papers_without(before, after), _papers_without(after, before)
    if gone or come:
        changes.append(Change("attachments", "附件", _names(gone), _names(come), gone, come))
    return changes


def _papers_without(content: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """The papers of a content that do not stand in the other: under the same name it may be another file."""
    same = {_mark(paper) for paper in other["attachments"]}
    return tuple(paper for paper in content["attachments"] if _mark(paper) not in same)


def _mark(paper: Mapping[str, Any]) -> tuple[str, str, str]:
    return paper["name"], paper["sha256"], paper["kind"]


def _names(papers: tuple[dict[str, Any], ...]) -> str:
    return "\n".join(paper["name"] for paper in papers)
