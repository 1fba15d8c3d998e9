"""What fell short stays on record, although the act itself was refused and rolled back (rules.md §2, M24)."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from agenda.meetings.models import AgendaEntry, Meeting
from common.services import Refused

P = ParamSpec("P")
R = TypeVar("R")


class NoQuorum(Refused):
    """Not enough present, with the sentence that says how many and what for."""

    def __init__(self, sentence: str, *, subject: Meeting | AgendaEntry) -> None:
        super().__init__(sentence)
        self.subject = subject


def keeps_shortfall(function: Callable[P, R]) -> Callable[P, R]:
    """Above @service: when the service refuses for want of quorum, write that down in a transaction of its own."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        from decisions.hall.services.note_shortfall import note_shortfall

        try:
            return function(*args, **kwargs)
        except NoQuorum as refusal:
            note_shortfall(actor=kwargs["actor"], subject=refusal.subject, sentence=refusal.message)  # type: ignore[arg-type]
            raise

    return run
