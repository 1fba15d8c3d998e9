"""The item store's questions."""

from typing import Self

from django.db import models

from agenda.items.workflow import ItemState


class ItemQuerySet(models.QuerySet):
    """Items of the store; who may see which is agenda.items.policies.visible_to()."""

    def for_list(self) -> Self:
        """With what a line of the list shows, in one query."""
        return self.select_related("unit", "matter_kind", "leader", "number", "current_version").order_by("-pk")

    def ready(self) -> Self:
        return self.filter(state=ItemState.READY)

    def under_way(self) -> Self:
        """Filed and not yet dealt with by a meeting."""
        return self.filter(
            state__in=[ItemState.SUBMITTED, ItemState.VETTING, ItemState.SIGNING, ItemState.READY, ItemState.SCHEDULED]
        )
