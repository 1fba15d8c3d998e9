"""急件: what was asked and approved for the version that stands; both end with their version (rules.md §4)."""

from django.db.models import F, QuerySet

from agenda.items.models import Item, UrgentApproval, UrgentRequest


def request_of(item: Item) -> UrgentRequest | None:
    """The newest request for the current version."""
    asked = UrgentRequest.objects.filter(item=item, version=item.current_version_id).select_related("asked_by")
    return asked.order_by("pk").last() if item.current_version_id else None


def is_approved(item: Item) -> bool:
    """Has 书记 approved the current version as urgent?"""
    return approvals_in_force().filter(item=item).exists()


def awaits_secretary(item: Item) -> bool:
    """Asked for and not yet answered."""
    return requests_in_force().filter(item=item).exists() and not is_approved(item)


def requests_in_force() -> QuerySet[UrgentRequest]:
    """Of any item, for its current version."""
    return UrgentRequest.objects.filter(version=F("item__current_version"))


def approvals_in_force() -> QuerySet[UrgentApproval]:
    """Of any item, for its current version."""
    return UrgentApproval.objects.filter(version=F("item__current_version"))
