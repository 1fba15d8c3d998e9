"""What waits for a person, as every floor reports it to the workbench."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Task:
    """One sentence with one button: what to do (签批、审查、答复 …), with what, until when, where.

    `in_person`: nobody does it for the person, so that to who acts for him by delegation it is named as such.
    """

    verb: str
    title: str
    note: str
    url: str
    due: date | None = None
    since: date | None = None
    in_person: bool = False

    @property
    def order(self) -> tuple[date, str]:
        """By due day; what has none comes last."""
        return (self.due or date.max, self.title)
