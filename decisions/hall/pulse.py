"""The pulse of a meeting: a token that is another one after every write of its hall, for pages that follow it live."""

from secrets import token_urlsafe

from django.core.cache import cache
from django.db import transaction

SECONDS = 24 * 3600


def touch(meeting_id: int) -> None:
    """Once this transaction commits, pages that follow the meeting load again; asked by every lock of the hall."""
    transaction.on_commit(lambda: cache.set(_key(meeting_id), _new(), SECONDS), robust=True)


def token_of(meeting_id: int) -> str:
    """The token now; where the cache has lost it a new one, so that nobody misses what happened meanwhile."""
    return str(cache.get_or_set(_key(meeting_id), _new, SECONDS))


def _key(meeting_id: int) -> str:
    return f"pulse:{meeting_id}"


def _new() -> str:
    return token_urlsafe(9)
