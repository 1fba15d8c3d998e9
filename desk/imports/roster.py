"""委员名册: who sits in the committee, since when, in which post."""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from desk.imports.committee import CommitteeTitle
from desk.imports.findings import Code, of_sheet
from desk.imports.lines import Line, Table
from desk.imports.names import MOST_NAMED, Directory, Person
from desk.imports.reader import RowReader, one_of
from desk.imports.text import fold, split_list
from desk.imports.values import DateContext, parse_term


class SeatKind(StrEnum):
    """What a seat is; the values are those of committee.bodies. There is one 书记."""

    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy_secretary"
    STANDING_MEMBER = "standing_member"
    COMMITTEE_MEMBER = "committee_member"
    ALTERNATE_MEMBER = "alternate_member"


_LEVELS = ("", "区委", "县委", "市委", "州委", "省委", "党委")
_SAID = {"常委": SeatKind.STANDING_MEMBER, "委员": SeatKind.COMMITTEE_MEMBER, "候补委员": SeatKind.ALTERNATE_MEMBER}
_MORE = {"书记": SeatKind.SECRETARY, "副书记": SeatKind.DEPUTY_SECRETARY, "候补": SeatKind.ALTERNATE_MEMBER}
_WORDS = {f"{level}{word}": kind for word, kind in (_SAID | _MORE).items() for level in _LEVELS}
_LABELS = {kind: word for word, kind in (_MORE | _SAID).items()}
_SEXES = {"男": "男", "女": "女"}


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A seat. `order` is the row's place (候补委员 stand by votes); `note` what tells namesakes apart."""

    line: Line
    order: int
    name: str
    note: str
    sex: str
    ethnic: str
    kind: SeatKind | None
    title: str
    since: date | None
    term: int | None
    person: Person | None


def read_roster(table: Table, directory: Directory, committee: CommitteeTitle | None, today: date) -> list[RosterRow]:
    """Every row of the roster; all persons become candidates for the names in the other sheets."""
    # Members join in any year of a term, so the year a roster was updated in says nothing about a day without year.
    context = DateContext(today)
    rows = [_read(RowReader(table, line, directory), context, committee, at) for at, line in enumerate(table.lines, 1)]
    if "category" not in table.heading.columns and any(row.kind is None for row in rows):
        cause = "表头里没有找到“类别”这一列，分不出常委、委员和候补委员。"
        mend = "请补上“类别”一列，或者用“一、常委”“二、委员”“三、候补委员”这样的小标题分开。"
        at = f"A{table.heading.row}"
        table.findings.append(of_sheet(Code.COLUMN_MISSING, table.sheet, at, cause, mend))
    _check_names(table, rows, directory)
    _check_secretaries(table, rows, directory)
    return [replace(row, person=directory.known_as(row.person)) if row.person else row for row in rows]


def _read(row: RowReader, context: DateContext, committee: CommitteeTitle | None, place: int) -> RosterRow:
    row.cell_findings()
    row.require("name", "since")
    name, note = row.name("name")
    title = row.words("post")
    kind = _kind(row)
    if kind is SeatKind.STANDING_MEMBER:
        kind = _post(title, committee)
    term = _term(row, committee)
    sex = row.parse("sex", lambda cell: one_of(_SEXES, cell.text, "性别")) or ""
    ethnic = row.words("ethnic").removesuffix("族")
    person = None
    if name:
        person = Person(name, note, (sex, ethnic, _LABELS[kind] if kind else "", title))
        row.directory.add_person(person)
    return RosterRow(
        line=row.line,
        order=row.order(place),
        name=name,
        note=note,
        sex=sex,
        ethnic=ethnic,
        kind=kind,
        title=title,
        since=row.day("since", context),
        term=term,
        person=person,
    )


def _kind(row: RowReader) -> SeatKind | None:
    """From the column, or where there is none from the section the row stands under: 一、常委（11名）."""
    if "category" in row.table.heading.columns:
        row.require("category")
        return row.parse("category", lambda cell: _kind_said(cell.text))
    section = fold(row.line.section)
    if "候补" in section:
        return SeatKind.ALTERNATE_MEMBER
    if "常委" in section or "常务委员" in section:
        return SeatKind.STANDING_MEMBER
    return SeatKind.COMMITTEE_MEMBER if "委员" in section else None


def _kind_said(text: str) -> SeatKind | None:
    return _WORDS.get(fold(text)) or one_of(_SAID, text, "类别")


def _term(row: RowReader, committee: CommitteeTitle | None) -> int | None:
    term = row.parse("term", lambda cell: parse_term(cell.value))
    titled = committee.term if committee else None
    if term and titled and term != titled:
        row.find(
            Code.TERM_DIFFERS, "term", f"标题写的是第{titled}届，这一行写的是第{term}届。", "请核对届次后改成一致。"
        )
    return term or titled


def _post(title: str, committee: CommitteeTitle | None) -> SeatKind:
    """A 常委 who is 书记 or 副书记 of this committee, not of 纪委, 政法委, a town or a 党工委."""
    own = "|".join(re.escape(prefix) for prefix in committee.prefixes[:-1]) if committee else ""
    short = re.escape(committee.short) if committee else "区委|县委|市委|州委|省委|党委"
    wanted = re.compile(f"(?:中共)?(?:{own})?(?:{short}|委)?(?:专职)?(副?)书记")
    for part in split_list(title):
        if found := wanted.fullmatch(re.sub(r"\([^()]*\)", "", part)):
            return SeatKind.DEPUTY_SECRETARY if found[1] else SeatKind.SECRETARY
    return SeatKind.STANDING_MEMBER


def _check_names(table: Table, rows: list[RosterRow], directory: Directory) -> None:
    """A name twice may be one person twice or two persons: only notes that differ say which."""
    named: dict[str, list[RosterRow]] = {}
    for row in rows:
        if row.name:
            named.setdefault(row.name, []).append(row)
    for name, same in named.items():
        at = "、".join(row.line.cells["name"].at for row in same[:MOST_NAMED])
        notes = [row.note for row in same]
        for row in same if len(set(notes)) < len(notes) else ():
            cause = f"“{name}”在名册里出现了{len(same)}次（{at}），不能确定是重复还是同名的两个人。"
            mend = f"重复的请删去一行；确是两个人的，请在姓名后用括号注明，如“{name}（女）”“{name}（某某局）”。"
            RowReader(table, row.line, directory).find(Code.NAME_TWICE, "name", cause, mend)
        for row in same if len(set(notes)) == len(notes) else ():
            if row.person and directory.is_doubtful(row.person):
                known = directory.known_persons(name)
                who = "、".join(one.said for one in known[:MOST_NAMED])
                cause = f"系统里叫“{name}”的有{len(known)}人：{who}，不能确定名册里是哪一位。"
                mend = "请在姓名后用括号注明系统里所载的性别、民族或职务；确是重复登记的，请先在系统里合并。"
                RowReader(table, row.line, directory).find(Code.AMBIGUOUS_PERSON, "name", cause, mend)


def _check_secretaries(table: Table, rows: list[RosterRow], directory: Directory) -> None:
    """A committee has one 书记."""
    secretaries = [row for row in rows if row.kind is SeatKind.SECRETARY]
    for row in secretaries if len(secretaries) > 1 else ():
        who = "、".join(one.name for one in secretaries[:MOST_NAMED])
        cause = f"名册里有{len(secretaries)}位书记：{who}。一届委员会只有一位书记。"
        mend = "请核对现任职务，只留下现任书记。"
        field = "post" if "post" in row.line.cells else "category"
        RowReader(table, row.line, directory).find(Code.TWO_SECRETARIES, field, cause, mend)
