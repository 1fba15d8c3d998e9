"""Which committee the running code answers for; without one, no committee's rows can be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_committee_id: ContextVar[int | None] = ContextVar("committee_id", default=None)


class NoCommitteeInScope(RuntimeError):
    """Rows of a committee were asked for where no committee is in scope: a programming error, never shown as data."""


@contextmanager
def committee_scope(committee_id: int) -> Iterator[None]:
    """Answer for this committee inside the block (a request, a task, a command, a test)."""
    token = _committee_id.set(committee_id)
    try:
        yield
    finally:
        _committee_id.reset(token)


def current_committee_id() -> int:
    """Id of the committee in scope; raises NoCommitteeInScope where there is none."""
    committee_id = _committee_id.get()
    if committee_id is None:
        raise NoCommitteeInScope("No committee in scope: use committee_scope(), or Model.everywhere on purpose.")
    return committee_id
