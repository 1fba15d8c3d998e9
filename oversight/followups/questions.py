"""Questions about imported follow-ups."""

from django.db.models import Case, F, QuerySet, Value, When

from oversight.followups.models import DONE, LedgerFollowUp


def for_list(found: QuerySet[LedgerFollowUp]) -> QuerySet[LedgerFollowUp]:
    """What a line of the list shows, open ones first, then by deadline; two queries whatever the number."""
    related = found.select_related("leader", "lead_unit").prefetch_related("co_units__unit")
    closed = Case(When(status__in=DONE, then=Value(1)), default=Value(0))
    return related.order_by(closed, F("due_on").asc(nulls_last=True), "number", "pk")
