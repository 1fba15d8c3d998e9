"""Questions about what was decided; who may see which is decisions.outcomes.policies.visible_to()."""

from typing import Self

from django.db import models


class MatterQuerySet(models.QuerySet):
    """议定事项."""

    def current(self) -> Self:
        """Those of decisions that were not superseded."""
        return self.filter(decision__superseded_by__isnull=True)

    def for_list(self) -> Self:
        """With what a line of the list shows; co-units are prefetched."""
        return (
            self.select_related(
                "leader",
                "lead_unit",
                "decision__entry__meeting__body",
                "decision__entry__meeting__term",
                "decision__entry__meeting__term_number",
            )
            .prefetch_related("co_units__unit")
            .order_by("-decision__decided_at", "decision_id", "position")
        )
