"""The item store's questions."""

from typing import Any, Self

from django.db import models

from agenda.items.workflow import ItemState


class ItemQuerySet(models.QuerySet[Any]):
    """Items of the store; who may see which is agenda.items.policies.visible_to()."""

    def locked(self, item: Any) -> Any:
        """This item's row, locked until the transaction ends: the first thing every service takes."""
        return self.select_for_update().get(pk=item.pk)

    def for_list(self) -> Self:
        """With what a line of the list shows, in one query."""
        return self.select_related("unit", "matter_kind", "leader", "number", "current_version").order_by("-pk")

    def ready(self) -> Self:
        return self.filter(state=ItemState.READY)
