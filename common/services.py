"""How a write happens: one transaction, one audit row at least, refusals as whole sentences.

Inside a service the order is always: lock the row → permission → state and rule → write → audit.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from common.identity.actor import Actor

P = ParamSpec("P")
R = TypeVar("R")

_audited: ContextVar[int] = ContextVar("audited", default=0)


class Refused(Exception):
    """A rule or state forbids it. The text is a Chinese sentence: what is missing, who has it, what to do."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(Refused):
    """The person may see this but not do that; the text says who may."""


class Conflict(Refused):
    """Somebody else changed it in the meantime; `theirs` holds what stands now, so that the page can show both."""

    def __init__(self, message: str, *, theirs: Any = None) -> None:
        super().__init__(message)
        self.theirs = theirs


def why_in_person(actor: Actor, what: str) -> str:
    """What nobody does for another (M15): a delegate reads, prepares and answers, but signs and concludes nothing.

    The sentence for who acts for the person by delegation; empty where the person acts himself.
    """
    return f"{what}须由本人办理，受托代办的账号不能代为办理。请本人登录后办理。" if actor.by_staff else ""


def demand_in_person(actor: Actor, what: str) -> None:
    """Called by every service whose record says that this person signed, concluded, approved or delegated."""
    if said := why_in_person(actor, what):
        raise NotAllowed(said)


def note_audited() -> None:
    """Called by common.audit when a row was written."""
    _audited.set(_audited.get() + 1)


def service(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a write: keyword-only with `actor`, atomic, and impossible to leave without an audit row.

    A service that finds nothing to do returns without writing; it must then call `nothing_to_do()`.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if args:
            raise TypeError(f"{function.__name__} takes keywords only")
        before = _audited.get()
        with transaction.atomic():
            result = function(*args, **kwargs)
            if _audited.get() == before:
                raise AssertionError(f"{function.__qualname__} wrote without an audit row")
        return result

    run.is_service = True  # type: ignore[attr-defined]
    return run


def nothing_to_do() -> None:
    """Say that a service changed nothing, so that no audit row is due."""
    note_audited()
