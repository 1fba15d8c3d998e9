"""Lines of a division as values: what an import gives, and what one division hands on to the next draft."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from committee.division.models import Division
from committee.units.models import Unit
from committee.units.questions import name_on
from common import clock
from common.identity.models import Person


@dataclass(frozen=True)
class LineInput:
    """One leader's line as given by a page or an import."""

    person: Person
    post_title: str = ""
    work: str = ""
    in_charge_of: list[Unit] = field(default_factory=list)
    liaison_for: list[Unit] = field(default_factory=list)
    assists: list[Unit] = field(default_factory=list)
    backup: Person | None = None


def lines_of(division: Division) -> list[LineInput]:
    """The lines of a division as input for another."""
    lines = division.lines.select_related("person", "backup").prefetch_related("units__unit")
    return [
        LineInput(
            person=line.person,
            post_title=line.post_title,
            work=line.work,
            in_charge_of=line.in_charge_of,
            liaison_for=line.liaison_for,
            assists=line.assists,
            backup=line.backup,
        )
        for line in lines
    ]


def under_present_names(lines: Iterable[LineInput]) -> list[LineInput]:
    """The lines with the units as they are called today; one that is no more stays, and the draft's page says so."""
    today = {unit.pk: unit for unit in Unit.objects.on(clock.today())}

    def present(units: list[Unit]) -> list[Unit]:
        return [unit if unit.pk in today else name_on(unit, clock.today()) or unit for unit in units]

    return [
        replace(
            line,
            in_charge_of=present(line.in_charge_of),
            liaison_for=present(line.liaison_for),
            assists=present(line.assists),
        )
        for line in lines
    ]
