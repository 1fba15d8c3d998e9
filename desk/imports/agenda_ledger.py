"""议题申报汇总: what the units want to bring before which body."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desk.imports.findings import Code, Unclear
from desk.imports.lines import Line, Table
from desk.imports.names import BODY_LABELS, Body, Directory, PersonMention, UnitMention
from desk.imports.reader import RowReader, find_twice
from desk.imports.text import fold, is_blank_mark, split_list
from desk.imports.values import DateContext


class MajorKind(StrEnum):
    """The four kinds of 三重一大; the values are those of agenda.items."""

    DECISION = "decision"
    CADRE = "cadre"
    PROJECT = "project"
    FUND = "fund"


_MAJOR_WORDS = {
    "重大事项决策": MajorKind.DECISION,
    "重大决策": MajorKind.DECISION,
    "重要干部任免": MajorKind.CADRE,
    "重要人事任免": MajorKind.CADRE,
    "重大项目安排": MajorKind.PROJECT,
    "重要项目安排": MajorKind.PROJECT,
    "大额度资金使用": MajorKind.FUND,
    "大额资金使用": MajorKind.FUND,
    "大额度资金运作": MajorKind.FUND,
}
_YES = {
    "是": True,
    "属于": True,
    "√": True,
    "✓": True,
    "否": False,
    "不是": False,
    "不属于": False,
    "×": False,
    "✗": False,
}


@dataclass(frozen=True, slots=True)
class Major:
    """Whether a matter is 三重一大, and of which kinds as far as written."""

    yes: bool
    kinds: tuple[MajorKind, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A proposed 议题. `category` is the office's word, found in the table of matters; amounts are yuan."""

    line: Line
    title: str
    units: tuple[UnitMention, ...]
    leaders: tuple[PersonMention, ...]
    category: str
    filed: date | None
    amount: Decimal | None
    major: Major | None
    presenters: tuple[PersonMention, ...]
    minutes: int | None
    body: Body | None
    manner: tuple[str, ...]
    classification: str


_BODY_WORDS = {
    Body.STANDING_COMMITTEE: re.compile("(.{0,10}委)?(常委会|常务委员会)"),
    Body.PLENARY_SESSION: re.compile("(.{0,10}委)?(全委会|全会|全体会|委员会全体会)"),
    Body.SECRETARY_MEETING: re.compile("(.{0,10}委)?(书记专题会|书记办公会)"),
    Body.PARTY_CONGRESS: re.compile(".{0,10}(党代会|党代表大会|党员代表大会)"),
}
_DECIDING = re.compile("表决|票决|决定|审定|议定")


def read_agenda(
    table: Table, directory: Directory, matters: Mapping[str, frozenset[Body]], today: date
) -> list[AgendaRow]:
    """Every row of the agenda ledger; `matters` says which bodies may deal with which kind of matter."""
    filled_in = next(iter(table.days)) if len(table.days) == 1 else None
    context = DateContext(today, table.years, not_after=filled_in)
    words = {_matter_word(name): name for name in matters}
    readers = [RowReader(table, line, directory) for line in table.lines]
    rows = [_read(row, context, words) for row in readers]
    for reader, row in zip(readers, rows, strict=True):
        _check_body(reader, row, matters)
    keys = [(fold(row.title), *sorted(fold(unit.text) for unit in row.units)) if row.title else None for row in rows]
    mend = "重复的请删去一行；确是两个议题的，请使名称有区别。"
    find_twice(zip(readers, keys, strict=True), "title", "议题名称和提报单位", mend)
    return rows


def _read(row: RowReader, context: DateContext, words: Mapping[str, str]) -> AgendaRow:
    row.cell_findings()
    row.require("title", "units", "category", "body")
    return AgendaRow(
        line=row.line,
        title=row.words("title"),
        units=row.units("units"),
        leaders=row.people("leaders"),
        category=row.parse("category", lambda cell: _category(cell.text, words)) or "",
        filed=row.day("filed", context),
        amount=row.amount("amount"),
        major=row.parse("major", lambda cell: parse_major(cell.text)),
        presenters=row.people("presenters"),
        minutes=row.minutes("minutes"),
        body=row.parse("body", lambda cell: parse_body(cell.text)),
        manner=split_list(row.prose("manner")),
        classification=row.words("classification"),
    )


def parse_major(text: str) -> Major | None:
    """否, 是, 是（重大事项决策、重大项目安排）, or only the kinds."""
    folded = fold(text)
    if is_blank_mark(folded) and folded != "无":
        return None
    found = re.fullmatch(r"([^()]*)(?:\(([^()]*)\)?)?", folded)
    word, inside = (found[1], found[2] or "") if found else (folded, "")
    listed = split_list(inside if word in _YES else f"{word}、{inside}" if inside else word)
    unknown = [kind for kind in listed if kind not in _MAJOR_WORDS]
    yes = _YES.get(word, True)
    if unknown or (not yes and listed):
        cause = "写着“否”，后面又列了种类。" if not yes else f"不认得的种类“{'、'.join(unknown)}”。"
        mend = "请写“否”，或者写“是（重大事项决策、重要干部任免、重大项目安排、大额度资金使用）”中相应的种类。"
        raise Unclear(Code.UNCLEAR_CHOICE, cause, mend)
    return Major(yes, tuple(dict.fromkeys(_MAJOR_WORDS[kind] for kind in listed)))


def parse_body(text: str) -> Body | None:
    """常委会, 区委常委会会议, 常委（扩大）会议, 全会 …; the government's meetings are no body of the committee."""
    folded = fold(text)
    if is_blank_mark(folded):
        return None
    plain = re.sub(r"\(?扩大\)?", "", folded).replace("会会议", "会").replace("会议", "会")
    for body, words in _BODY_WORDS.items():
        if words.fullmatch(plain):
            return body
    labels = "、".join(f"“{label}”" for label in BODY_LABELS.values())
    raise Unclear(Code.UNCLEAR_CHOICE, "看不出要上哪个会议。", f"请写成{labels}之一，一个议题先写最近要上的一个会议。")


def _matter_word(text: str) -> str:
    return re.sub("[、,;/]", "", fold(text))


def _category(text: str, words: Mapping[str, str]) -> str:
    if is_blank_mark(text):
        return ""
    if found := words.get(_matter_word(text)):
        return found
    raise Unclear(
        Code.UNKNOWN_MATTER,
        "议事范围里没有这一类事项，不知道该由哪个会议决定、要过哪几道把关。",
        f"请改为议事范围里的类别：{'；'.join(words.values())}。",
    )


def _check_body(row: RowReader, read: AgendaRow, matters: Mapping[str, frozenset[Body]]) -> None:
    """A matter goes to a body that may deal with it; the 书记专题会 decides nothing (rules §1, 议事范围 §8)."""
    if read.body is None or not read.category:
        return
    label = BODY_LABELS[read.body]
    allowed = [body for body in Body if body in matters[read.category]]
    mend = f"请把拟上会议改为{'或'.join(BODY_LABELS[body] for body in allowed)}，或者改正类别。"
    if read.body not in allowed:
        cause = f"“{read.category}”不在{label}的议事范围里。"
        if read.body is Body.SECRETARY_MEETING:
            cause = f"{label}只酝酿、不作决定，不能议决“{read.category}”。"
        row.find(Code.BODY_MAY_NOT_DECIDE, "body", cause, mend)
    elif read.body is Body.SECRETARY_MEETING and any(_DECIDING.search(word) for word in read.manner):
        cause = f"{label}只酝酿、不作决定，拟议方式却写着“{'、'.join(read.manner)}”。"
        row.find(Code.BODY_MAY_NOT_DECIDE, "body", cause, "请把拟议方式改为酝酿或听取，或者改上有权决定的会议。")
