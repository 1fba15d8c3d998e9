"""Questions about units across their names: a renamed unit stays the same unit for those who work for it."""

from collections.abc import Iterable
from datetime import date

from committee.units.models import Unit


def with_earlier(unit_ids: Iterable[int]) -> set[int]:
    """The units and all they were before, back to the first name."""
    return _follow(unit_ids, renamings())


def with_later(unit_ids: Iterable[int]) -> set[int]:
    """The units and all they became, on to the present names."""
    return _follow(unit_ids, [(earlier, later) for later, earlier in renamings()])


def same_unit(unit_id: int) -> set[int]:
    """The unit under all its names; of a unit that was split its sisters are others."""
    later_first = renamings()
    return _follow([unit_id], later_first) | _follow([unit_id], [(old, new) for new, old in later_first])


def name_on(unit: Unit, day: date) -> Unit | None:
    """The row of the same unit that is valid on a day: itself, what it was before or what it became."""
    return Unit.objects.on(day).filter(pk__in=same_unit(unit.pk)).in_order().first()


def renamings() -> list[tuple[int, int]]:
    """(new name, old name) of every renaming, as identifiers, the oldest first."""
    return list(
        Unit.objects.standing()
        .exclude(predecessor=None)
        .order_by("valid_from", "pk")
        .values_list("pk", "predecessor_id")
    )


def _follow(start: Iterable[int], steps: list[tuple[int, int]]) -> set[int]:
    reached = set(start)
    while added := {target for source, target in steps if source in reached} - reached:
        reached |= added
    return reached
