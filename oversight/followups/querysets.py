"""Questions about imported follow-ups."""

from typing import Any, Self

from django.db import models
from django.db.models import F


class FollowUpQuerySet(models.QuerySet[Any]):
    """Imported follow-ups; who may see which is oversight.followups.policies.visible_to()."""

    def for_list(self) -> Self:
        """With what a line of the list shows, the nearest deadline first; two queries whatever the number."""
        related = self.select_related("leader", "lead_unit").prefetch_related("co_units__unit")
        return related.order_by(F("due_on").asc(nulls_last=True), "number", "pk")
