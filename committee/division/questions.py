"""Questions about 分工 that take a day."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Prefetch

from committee.division.matrix import Matrix, matrix_of
from committee.division.models import Division, DivisionLine, DivisionUnit
from committee.units.models import Unit
from committee.units.questions import renamings, same_unit
from common.identity.models import Person


def division_on(day: date) -> Division | None:
    """The division that held on a day."""
    return Division.objects.in_force_on(day).first()


def leaders_in_charge(unit_id: int, day: date) -> list[Person]:
    """Who was in charge of a unit on a day, in order of post; several where the division has 多头领导.

    A division keeps the names of its day: a unit renamed since is found under its other names.
    """
    return _in_charge([unit_id], day) or _in_charge(same_unit(unit_id), day)


def leaders_by_unit(day: date, relation: str = DivisionUnit.Relation.IN_CHARGE_OF) -> dict[int, list[Person]]:
    """The same for all units at once, renamed ones under their other names too; two queries."""
    found: dict[int, list[Person]] = defaultdict(list)
    rows = DivisionUnit.objects.filter(relation=relation, line__division__in=Division.objects.in_force_on(day))
    for row in rows.select_related("line__person").order_by("line__rank_order"):
        found[row.unit_id].append(row.line.person)
    steps = renamings()
    for known, other in [*((earlier, later) for later, earlier in steps), *reversed(steps)]:
        if known in found:
            found.setdefault(other, found[known])
    return dict(found)


def _in_charge(unit_ids: Collection[int], day: date) -> list[Person]:
    units = DivisionUnit.objects.filter(
        unit_id__in=unit_ids,
        relation=DivisionUnit.Relation.IN_CHARGE_OF,
        line__division__in=Division.objects.in_force_on(day),
    ).select_related("line__person")
    return [unit.line.person for unit in units.order_by("line__rank_order")]


def backup_of(person_id: int, day: date) -> Person | None:
    """The AB角 of a leader on a day."""
    line = (
        DivisionLine.objects.filter(person_id=person_id, division__in=Division.objects.in_force_on(day))
        .select_related("backup")
        .first()
    )
    return line.backup if line else None


def leaders_backed(out: Collection[int], day: date) -> frozenset[int]:
    """Those of these leaders who have an AB角 that is none of them; one query."""
    lines = DivisionLine.objects.filter(person__in=out, division__in=Division.objects.in_force_on(day))
    backed = lines.filter(backup__isnull=False).exclude(backup__in=out)
    return frozenset(backed.values_list("person", flat=True))


def lines_with_units(division: Division) -> list[DivisionLine]:
    """The lines in order, with people and units at hand; two queries."""
    lines = division.lines.select_related("person", "backup", "edited_by")
    return list(lines.prefetch_related(Prefetch("units", DivisionUnit.objects.select_related("unit"))))


def matrix_on(division: Division, day: date) -> Matrix:
    """The matrix of a division with the units of a day; four queries."""
    units = list(Unit.objects.on(day).in_order())
    return matrix_of(lines_with_units(division), units, _names_of_day({unit.pk for unit in units}))


def _names_of_day(present: set[int]) -> dict[int, int]:
    """From a unit's identifier under any name to the one that is present; those that are need no entry."""
    steps: dict[int, int] = {}
    for later, earlier in renamings():
        steps[earlier] = later
    found = {}
    for start in steps:
        pk = start
        while pk not in present and pk in steps:
            pk = steps[pk]
        if pk != start and pk in present:
            found[start] = pk
    return found
