"""A row is locked first and read then, in two statements."""

from typing import Any, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


def lock_row(rows: models.QuerySet[M], pk: Any) -> M:
    """The row of `rows` as it stands once its lock is held, until the transaction ends.

    In one statement the rows joined to it would be those from before the wait: a link that another transaction has
    changed meanwhile leads nowhere, and the row comes back without it or not at all (PostgreSQL, READ COMMITTED).
    """
    hold_row(rows.model, pk)
    return rows.get(pk=pk)


def hold_row(model: type[models.Model], pk: Any) -> None:
    """The lock alone, until the transaction ends: for what needs no more of the row."""
    model._default_manager.select_for_update().values_list("pk").get(pk=pk)
