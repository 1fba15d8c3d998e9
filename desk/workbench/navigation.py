"""工作台 in the frame, with the number of what waits."""

from django.core.cache import cache

from common import clock
from common.audit.models import AuditEntry
from common.identity.actor import Actor
from common.web.navigation import register_entry
from desk.workbench.feeds import waiting_for


def _count(actor: Actor) -> int:
    """One query on every page: what changes the number leaves an audit row or begins a day, so those two date it."""
    today, last = clock.today(), AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    key = f"waiting:{actor.committee.pk}:{actor.person.pk}:{actor.by_staff}:{today}:{last}"
    number = cache.get(key)
    if number is None:
        number = len(waiting_for(actor, today))
        cache.set(key, number, 600)
    return number


register_entry("workbench", "工作台", "desk:workbench", 10, count=_count, shortcut="d")
