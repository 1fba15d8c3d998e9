"""Questions about 分工 that take a day."""

from collections.abc import Collection
from datetime import date

from committee.division.models import Division, DivisionLine, DivisionUnit
from committee.units.questions import same_unit
from common.identity.models import Person


def division_on(day: date) -> Division | None:
    """The division that held on a day."""
    return Division.objects.in_force_on(day).first()


def leaders_in_charge(unit_id: int, day: date) -> list[Person]:
    """Who was in charge of a unit on a day, in order of post; several where the division has 多头领导.

    A division keeps the names of its day: a unit renamed since is found under its other names.
    """
    return _in_charge([unit_id], day) or _in_charge(same_unit(unit_id), day)


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
