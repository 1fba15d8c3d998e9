"""What of a division is frozen when it comes into force: every paper and every past day is read from this."""

from typing import Any

from committee.division.models import Division, DivisionUnit


def content_of(division: Division) -> dict[str, Any]:
    """What is frozen: every line with names as they are on this day, and identifiers beside them."""
    lines = []
    for line in division.lines.select_related("person", "backup").prefetch_related("units__unit"):
        units = list(line.units.all())
        lines.append(
            {
                "person": {"id": line.person_id, "name": line.person.name},
                "post": line.post_title,
                "work": line.work,
                "backup": {"id": line.backup_id, "name": line.backup.name} if line.backup else None,
                **{
                    relation: [
                        {"id": u.unit_id, "short_name": u.unit.short_name, "full_name": u.unit.full_name}
                        for u in units
                        if u.relation == relation
                    ]
                    for relation in DivisionUnit.Relation.values
                },
            }
        )
    return {
        "committee": division.committee.short_name,
        "title": division.title,
        "basis": division.basis,
        "valid_from": division.valid_from,
        "lines": lines,
    }
