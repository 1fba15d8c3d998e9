"""部门单位: the units with their heads and liaisons."""

from dataclasses import dataclass
from enum import StrEnum

from desk.imports.findings import Code
from desk.imports.lines import Line, Table
from desk.imports.names import MOST_NAMED, Directory, Person, PersonMention, Unit
from desk.imports.reader import RowReader, one_of
from desk.imports.text import fold


class UnitKind(StrEnum):
    """The kinds of unit; the values are those of committee.units."""

    PARTY = "party"
    GOVERNMENT = "government"
    PARTY_GROUP = "party_group"
    MASS = "mass"
    TOWNSHIP = "township"
    OTHER = "other"


_WORDS = {
    UnitKind.PARTY: "党委部门 党委工作部门 党委工作机关 区委部门 县委部门 市委部门 区委工作部门 县委工作部门",
    UnitKind.GOVERNMENT: "政府部门 政府工作部门 政府组成部门 政府直属机构",
    UnitKind.PARTY_GROUP: "党组",
    UnitKind.MASS: "群团 群团组织 群团机关 群团部门 人民团体",
    UnitKind.TOWNSHIP: "镇街 镇(街道) 镇街道 乡镇街道 乡镇(街道) 乡镇 街道 镇 乡",
    UnitKind.OTHER: "其他机关 其他 其他单位 事业单位 直属事业单位 国有企业",
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_SAID = {words.split()[0]: kind for kind, words in _WORDS.items()}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit; where one of the names is not written, both are the other."""

    line: Line
    order: int
    short: str
    full: str
    kind: UnitKind | None
    head: PersonMention | None
    liaisons: tuple[PersonMention, ...]
    phone: str
    unit: Unit | None


def read_units(table: Table, directory: Directory) -> list[UnitRow]:
    """Every row of the units list; units and the persons named become candidates for the other sheets."""
    readers = [RowReader(table, line, directory) for line in table.lines]
    for row in readers:
        row.cell_findings()
    undecided = _introduce(readers, "head") | _introduce(readers, "liaison")
    rows = [_read(row, place, undecided) for place, row in enumerate(readers, 1)]
    _check_twice(rows, readers)
    return rows


def _read(row: RowReader, place: int, undecided: set[str]) -> UnitRow:
    row.require("kind")
    short, full = row.words("short"), row.words("full")
    unit = None
    if short or full:
        short, full = fold(short or full), fold(full or short)
        like = row.directory.units_like(Unit(short, full))
        if len(like) > 1:
            names = "、".join(one.said for one in like[:MOST_NAMED])
            cause = f"系统里有{len(like)}个单位与这一行的简称或全称相同：{names}。"
            row.find(Code.AMBIGUOUS_UNIT, _name_field(row), cause, "请核对简称和全称，使它们属于同一个单位。")
        unit = row.directory.add_unit(Unit(short, full))
    else:
        row.require(_name_field(row))
    heads = _mentions(row, "head", undecided)
    if len(heads) > 1:
        row.find(Code.UNCLEAR_NAME, "head", "主要负责人应当只有一位。", "请只写现任主要负责人。")
    return UnitRow(
        line=row.line,
        order=row.order(place),
        short=short,
        full=full,
        kind=row.parse("kind", lambda cell: _KINDS.get(fold(cell.text)) or one_of(_SAID, cell.text, "单位类型")),
        head=heads[0] if len(heads) == 1 else None,
        liaisons=_mentions(row, "liaison", undecided),
        phone=row.words("phone"),
        unit=unit,
    )


def _name_field(row: RowReader) -> str:
    return "short" if "short" in row.table.heading.columns else "full"


def _introduce(readers: list[RowReader], field: str) -> set[str]:
    """Heads and liaisons whom nobody knows yet become known here; gives back the names that stay undecided.

    One unknown name in two units is one person where the units are one office (they share telephone, head or
    liaison), or where the same note stands behind the name; else it may be two people and is a finding.
    """
    places: dict[tuple[str, str], list[RowReader]] = {}
    for row in readers:
        for named in row.names(field):
            places.setdefault(named, []).append(row)
    undecided = set()
    for (name, note), rows in places.items():
        directory = rows[0].directory
        if any(not note or one.is_noted(note) for one in directory.persons_named(name)):
            continue
        if note or _one_office(rows, field):
            directory.add_person(Person(name, note, tuple(f"{_name(row)}{_ROLES[field]}" for row in rows[:MOST_NAMED])))
            continue
        undecided.add(name)
        for row in rows:
            cause = f"{'、'.join(_name(one) for one in rows[:MOST_NAMED])}都写了“{name}”，不能确定是不是同一个人。"
            mend = f"是同一人的，请在各处写成“{name}（兼）”；是两个人的，请分别注明，如“{name}（{_name(row)}）”。"
            row.find(Code.AMBIGUOUS_PERSON, field, cause, mend, text=name)
    return undecided


_ROLES = {"head": "主要负责人", "liaison": "议题联络员"}


def _one_office(rows: list[RowReader], field: str) -> bool:
    others = [name for name in ("phone", "head", "liaison") if name != field]
    shared = ({fold(row.line.text(name)) for row in rows} for name in others)
    return len(rows) == 1 or any(len(texts) == 1 and texts != {""} for texts in shared)


def _mentions(row: RowReader, field: str, undecided: set[str]) -> tuple[PersonMention, ...]:
    named = row.names(field, silent=True)
    return tuple(
        PersonMention(name, None) if name in undecided else row.person(field, f"{name}({note})" if note else name)
        for name, note in named
    )


def _name(row: RowReader) -> str:
    return row.words("short") or row.words("full")


def _check_twice(rows: list[UnitRow], readers: list[RowReader]) -> None:
    """No two units share a name, short or full: whoever names it could mean either."""
    named: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        for name in {row.short, row.full} - {""}:
            named.setdefault(name, []).append(at)
    for name, same in named.items():
        where = "、".join(f"第{rows[at].line.number}行" for at in same[:MOST_NAMED])
        for at in same if len(same) > 1 else ():
            field = "short" if rows[at].short == name and "short" in rows[at].line.cells else "full"
            cause = f"{where}都叫“{name}”，别处写这个名字时分不清是哪个单位。"
            readers[at].find(
                Code.UNIT_TWICE, field, cause, "重复的请删去一行；确是两个单位的，请各用不同的简称和全称。"
            )
