"""What a draft changes against the division in force, leader by leader. Pure: lines in, values out."""

from collections.abc import Sequence
from dataclasses import dataclass

from committee.division.models import DivisionLine, DivisionUnit
from common.identity.models import Person

Relations = dict[str, set[str]]


@dataclass(frozen=True)
class UnitChange:
    """A unit that came to a leader or went from him, in this relation."""

    relation: str
    came: list[str]
    went: list[str]


@dataclass(frozen=True)
class LineDifference:
    """One leader: `old` and `new` are None where he comes in or goes out."""

    person: Person
    old: DivisionLine | None
    new: DivisionLine | None
    units: list[UnitChange]
    moved: bool

    @property
    def changed(self) -> bool:
        """Whether anything but the place in the order differs, or the place alone."""
        if self.old is None or self.new is None:
            return True
        same = (self.old.post_title, self.old.work, self.old.backup_id) == (
            self.new.post_title,
            self.new.work,
            self.new.backup_id,
        )
        return not same or bool(self.units) or self.moved


def differences(old: Sequence[DivisionLine], new: Sequence[DivisionLine]) -> list[LineDifference]:
    """Every leader of the new list in its order, then those who went; lines come with `units__unit` prefetched."""
    before = {line.person_id: line for line in old}
    after = {line.person_id: line for line in new}
    moved = _moved([pk for pk in before if pk in after], [pk for pk in after if pk in before])
    found = [_of_leader(line.person, before.get(pk), line, moved=pk in moved) for pk, line in after.items()]
    return found + [_of_leader(line.person, line, None, moved=False) for pk, line in before.items() if pk not in after]


def _of_leader(person: Person, old: DivisionLine | None, new: DivisionLine | None, *, moved: bool) -> LineDifference:
    before, after = _relations(old), _relations(new)
    units = [
        UnitChange(DivisionUnit.Relation(relation).label, sorted(came), sorted(went))
        for relation in DivisionUnit.Relation.values
        if (came := after[relation] - before[relation]) | (went := before[relation] - after[relation])
    ]
    return LineDifference(person, old, new, units, moved)


def _relations(line: DivisionLine | None) -> Relations:
    found: Relations = {relation: set() for relation in DivisionUnit.Relation.values}
    for row in line.units.all() if line else ():
        found[row.relation].add(row.unit.short_name)
    return found


def _moved(before: list[int], after: list[int]) -> set[int]:
    """Who stands at another place among those who are in both lists."""
    return {pk for was, pk in zip(before, after, strict=True) if was != pk}
