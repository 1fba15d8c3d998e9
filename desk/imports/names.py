"""Who and which unit a name means: by the roster, the units list and what the program already knows; never fuzzily."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from desk.imports.findings import Code, Unclear
from desk.imports.text import fold, person_name, shown

MOST_NAMED = 5


class Body(StrEnum):
    """The bodies of a committee that an agenda ledger can name; the values are those of committee.bodies."""

    STANDING_COMMITTEE = "standing"
    PLENARY_SESSION = "plenary"
    SECRETARY_MEETING = "secretary_meeting"
    PARTY_CONGRESS = "congress"


BODY_LABELS = {
    Body.STANDING_COMMITTEE: "常委会",
    Body.PLENARY_SESSION: "全委会",
    Body.SECRETARY_MEETING: "书记专题会",
    Body.PARTY_CONGRESS: "党代会",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a name can mean. `key` is the program's own, None for one who stands in the workbook only.

    `note` is what tells namesakes apart (the bracket behind the name); `marks` are sex, people and post.
    """

    name: str
    note: str = ""
    marks: tuple[str, ...] = ()
    key: int | None = None

    def is_noted(self, note: str) -> bool:
        """Whether a note in brackets behind the name fits this person: 女, 回族, 发改局, or the note of the roster."""
        return note == self.note or any(note.removesuffix("族") in mark for mark in self.marks)

    @property
    def said(self) -> str:
        """How a message names the person."""
        about = self.note or next((mark for mark in reversed(self.marks) if mark), "")
        return f"{self.name}（{about}）" if about else self.name


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit a name can mean, with short and full name; `key` as for `Person`."""

    short: str
    full: str
    key: int | None = None

    @property
    def said(self) -> str:
        """How a message names the unit."""
        return f"{self.full}（简称{self.short}）"


Reference = int | tuple[str, str]


def reference(named: Person | Unit) -> Reference:
    """What tells one person or unit from another: the program's key, else the names in the workbook."""
    if named.key is not None:
        return named.key
    return (named.name, named.note) if isinstance(named, Person) else (fold(named.short), fold(named.full))


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person named in a cell: the text there, and who is meant; None where a finding says why not."""

    text: str
    person: Person | None


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit named in a cell: the text there, and which is meant; None where a finding says why not."""

    text: str
    unit: Unit | None


def people_in(mentions: Iterable[PersonMention]) -> list[Person]:
    """The people who are meant for certain, each once, in the order written."""
    return list(dict.fromkeys(mention.person for mention in mentions if mention.person))


def units_in(mentions: Iterable[UnitMention]) -> list[Unit]:
    """The units that are meant for certain, each once, in the order written."""
    return list(dict.fromkeys(mention.unit for mention in mentions if mention.unit))


@dataclass(frozen=True, slots=True)
class Known:
    """What the program knows already and the workbook is read against.

    `matters` is the dated table of the committee: kind of matter → bodies that may deal with it. `place` is the
    committee's place with its parents (清宁市云川区), used where the workbook has no roster with a title.
    """

    matters: Mapping[str, frozenset[Body]]
    persons: tuple[Person, ...] = ()
    units: tuple[Unit, ...] = ()
    place: str = ""


@dataclass(slots=True)
class Directory:
    """The candidates for every name in one workbook.

    The same name in the workbook and in the program is the same person unless one of them has the name twice.
    """

    prefixes: tuple[str, ...] = ()
    _persons: dict[str, list[Person]] = field(default_factory=dict)
    _known_persons: dict[str, list[Person]] = field(default_factory=dict)
    _names: dict[str, dict[Unit, None]] = field(default_factory=dict)
    _bare: dict[str, dict[Unit, None]] = field(default_factory=dict)

    def know(self, known: Known) -> None:
        """Take in what the program knows; the workbook's own rows come after."""
        for person in known.persons:
            self._known_persons.setdefault(person.name, []).append(person)
        for unit in known.units:
            self._index(unit)

    def add_person(self, person: Person) -> None:
        """A row of the roster."""
        self._persons.setdefault(person.name, []).append(person)

    def add_unit(self, unit: Unit) -> Unit:
        """A row of the units list; it is the program's unit where it shares short or full name with exactly one."""
        same = self.units_like(unit)
        if len(same) == 1:
            known = same[0]
            for index in (self._names, self._bare):
                for units in index.values():
                    if units.pop(known, True) is None:
                        units[unit := Unit(unit.short, unit.full, known.key)] = None
        self._index(unit)
        return unit

    def units_like(self, unit: Unit) -> list[Unit]:
        """The program's units that have the short or the full name of this one."""
        named = (one for name in (unit.short, unit.full) for one in self._names.get(fold(name), ()))
        return [one for one in dict.fromkeys(named) if one.key is not None]

    def _index(self, unit: Unit) -> None:
        for name in {fold(unit.short), fold(unit.full)} - {""}:
            self._names.setdefault(name, {})[unit] = None
            self._bare.setdefault(self._strip(name), {})[unit] = None

    def _strip(self, name: str) -> str:
        """A unit's name without the place before it: 区财政局, 云川区财政局 → 财政局."""
        name = name.removeprefix("中共")
        for prefix in self.prefixes:
            if name.startswith(prefix) and len(name) > len(prefix) + 1:
                return name.removeprefix(prefix)
        return name

    def persons_named(self, name: str) -> list[Person]:
        """Everybody of this name, the program's key given to the workbook's person where both are surely one."""
        return self._paired(name)[0]

    def known_persons(self, name: str) -> list[Person]:
        """Those of this name whom the program knows."""
        return self._known_persons.get(name, [])

    def known_as(self, person: Person) -> Person:
        """A row's person with the program's key, where there is no doubt that they are one."""
        return next((one for one in self.persons_named(person.name) if replace(one, key=None) == person), person)

    def is_doubtful(self, person: Person) -> bool:
        """Whether somebody of this name in the program may or may not be this row's person."""
        return person in self._paired(person.name)[1]

    def _paired(self, name: str) -> tuple[list[Person], list[Person]]:
        """The candidates of a name, and those of the workbook that could not be told from the program's.

        One here and one there are one person; of several, a note must fit exactly one.
        """
        here, known = self._persons.get(name, []), self._known_persons.get(name, [])
        if len(here) == 1 and len(known) == 1:
            return [replace(here[0], key=known[0].key)], []
        fitting = [[one for one in known if person.note and one.is_noted(person.note)] for person in here]
        sure = [fits[0] if len(fits) == 1 and fitting.count(fits) == 1 else None for fits in fitting]
        paired = [replace(one, key=fit.key) for one, fit in zip(here, sure, strict=True) if fit]
        here_left = [one for one, fit in zip(here, sure, strict=True) if not fit]
        known_left = [one for one in known if one not in sure]
        more = known_left if len(known_left) > len(here_left) else here_left
        return paired + more, here_left if known_left else []

    def person(self, text: str) -> Person:
        """Who is meant; unknown and ambiguous names are `Unclear`."""
        name, note = person_name(text)
        found = self.persons_named(name)
        if len(found) > 1 and note:
            found = [one for one in found if one.is_noted(note)] or found
        if len(found) == 1:
            return found[0]
        if found:
            who = "、".join(one.said for one in found[:MOST_NAMED])
            cause = f"叫“{shown(name)}”的有{len(found)}人：{who}，不能确定是哪一位。"
            raise Unclear(Code.AMBIGUOUS_PERSON, cause, f"请在姓名后用括号注明职务，如“{shown(name)}（某某局局长）”。")
        cause = f"委员名册、部门单位表和系统里都没有“{shown(name)}”。"
        mend = "请核对姓名；确有其人的，请先列入委员名册或者部门单位表；几个人之间请用顿号分开。"
        raise Unclear(Code.UNKNOWN_PERSON, cause, mend)

    def unit(self, text: str) -> Unit:
        """Which unit is meant: short or full name exactly, else the same without the place; never fuzzily."""
        name = fold(text)
        found = list(self._names.get(name) or self._bare.get(self._strip(name)) or ())
        if len(found) == 1:
            return found[0]
        if found:
            names = "、".join(one.said for one in found[:MOST_NAMED])
            cause = f"“{shown(name)}”可以指{len(found)}个单位：{names}，不能确定是哪一个。"
            raise Unclear(Code.AMBIGUOUS_UNIT, cause, "请改写为这个单位的全称。")
        cause = f"部门单位表和系统里都没有“{shown(name)}”。"
        mend = "请改写为部门单位表里的简称或全称；确有此单位的，请先列入部门单位表；几个单位之间请用顿号分开。"
        raise Unclear(Code.UNKNOWN_UNIT, cause, mend)
