"""Named places in the pages of a lower floor that upper floors fill; a subject registers in its `slots.py`."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from common.identity.actor import Actor

Filling = Callable[[Actor, Any], Any]
_fillings: dict[str, list[Filling]] = defaultdict(list)


@dataclass(frozen=True)
class Link:
    """A way on to a page above; `primary` makes it the one main action where the page has none of its own.

    With `why_not` a main action cannot be pressed and says why.
    """

    label: str
    url: str
    primary: bool = False
    why_not: str = ""


def fills(place: str) -> Callable[[Filling], Filling]:
    """Register `filling(actor, subject)` for a place. What a place takes, its page's template says."""

    def register(filling: Filling) -> Filling:
        _fillings[place].append(filling)
        return filling

    return register


def fillings(place: str, *, actor: Actor, subject: Any) -> list[Any]:
    """What the floors above put there, in their order."""
    return [filling(actor, subject) for filling in _fillings[place]]
