"""How tests say that something is refused and leaves no trace."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from common.audit.models import AuditEntry
from common.services import NotAllowed, Refused


@contextmanager
def refused(words: str | None = None, *, kind: type[Refused] = Refused) -> Iterator[None]:
    """Inside, a service refuses with these words and leaves no trace."""
    before = AuditEntry.objects.count()
    with pytest.raises(kind, match=words), transaction.atomic():
        yield
    assert AuditEntry.objects.count() == before


@contextmanager
def not_allowed() -> Iterator[None]:
    """Inside, a service turns the actor away and leaves no trace."""
    with refused(kind=NotAllowed):
        yield


@contextmanager
def database_refuses(words: str) -> Iterator[None]:
    """Inside, what goes past the services is refused by the database itself."""
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        yield


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def verbs(subject: object) -> list[str]:
    """What the log says of a row, oldest first."""
    entries = AuditEntry.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)
    return list(entries.order_by("pk").values_list("verb", flat=True))
