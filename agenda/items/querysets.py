"""The item store's questions."""

from typing import Any, Self

from django.db import models

from agenda.items.workflow import ItemState
from common.tenancy.locking import lock_row

# What nearly every question about an item goes on to ask.
FILED_UNDER = ("unit", "matter_kind", "current_version__route", "current_version__rule_set")


class ItemQuerySet(models.QuerySet[Any]):
    """Items of the store; who may see which is agenda.items.policies.visible_to()."""

    def locked(self, item: Any) -> Any:
        """This item's row, locked until the transaction ends: the first thing every service takes."""
        return lock_row(self.select_related(*FILED_UNDER), item.pk)

    def for_list(self) -> Self:
        """With what a line of the list shows, in one query."""
        return self.select_related("unit", "leader", "number").order_by("-pk")

    def ready(self) -> Self:
        return self.filter(state=ItemState.READY)
