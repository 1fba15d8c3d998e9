"""Questions about imported follow-ups."""

from django.db.models import F, QuerySet

from oversight.followups.models import LedgerFollowUp


def for_list(found: QuerySet[LedgerFollowUp]) -> QuerySet[LedgerFollowUp]:
    """With what a line of the list shows, the nearest deadline first; two queries whatever the number."""
    related = found.select_related("leader", "lead_unit").prefetch_related("co_units__unit")
    return related.order_by(F("due_on").asc(nulls_last=True), "number", "pk")
