"""What of a division is frozen when it comes into force: every paper and every past day is read from this."""

from typing import Any

from committee.division.models import Division, DivisionLine, DivisionUnit
from committee.units.models import Unit


def content_of(division: Division) -> dict[str, Any]:
    """What is frozen: every line with names as they are on this day, and identifiers beside them."""
    lines = division.lines.select_related("person", "backup").prefetch_related("units__unit")
    return {
        "committee": division.committee.short_name,
        "title": division.title,
        "basis": division.basis,
        "valid_from": division.valid_from,
        "lines": [_line(line) for line in lines],
    }


def _line(line: DivisionLine) -> dict[str, Any]:
    return {
        "person": {"id": line.person_id, "name": line.person.name},
        "post": line.post_title,
        "work": line.work,
        "backup": {"id": line.backup_id, "name": line.backup.name} if line.backup else None,
        **{relation: [_unit(unit) for unit in line.related(relation)] for relation in DivisionUnit.Relation.values},
    }


def _unit(unit: Unit) -> dict[str, Any]:
    return {"id": unit.pk, "short_name": unit.short_name, "full_name": unit.full_name}
