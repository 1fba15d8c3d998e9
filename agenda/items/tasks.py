"""Beat's part of the item store."""

from celery import shared_task

from agenda.items.models import ItemGrant
from agenda.items.services.grant_reading import end_lapsed_grant
from common import clock
from common.identity.actor import Actor
from common.tenancy.scope import committee_scope


@shared_task(name="agenda.items.end_grants")
def end_grants() -> int:
    """Remove the grants that have ended, each in its own transaction; safe to run twice."""
    lapsed = ItemGrant.objects.filter(until__lt=clock.today())
    ended = 0
    for grant in lapsed.select_related("content_object__committee", "content_object__created_by", "granted_by"):
        item, giver = grant.content_object, grant.granted_by or grant.content_object.created_by
        with committee_scope(item.committee_id):
            end_lapsed_grant(actor=Actor(item.committee, giver, source="到期自动终止"), grant=grant)
        ended += 1
    return ended
