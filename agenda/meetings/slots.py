"""What meetings add to the page of an item."""

from django.urls import reverse

from agenda.items.models import Item
from agenda.meetings.models import AgendaEntry
from agenda.meetings.policies import visible_to
from common import clock
from common.identity.actor import Actor
from common.web.formats import cn_date
from common.web.slots import Link, fills


@fills("item.hearings")
def meetings_with(actor: Actor, item: Item) -> list[Link]:
    """The meetings on whose agenda it stands, as far as this person sees them, the last one first."""
    listed = AgendaEntry.objects.on_agenda().filter(entry_items__item=item)
    seen = visible_to(actor).filter(pk__in=listed.order_by().values("meeting"))
    return [
        Link(
            f"{meeting}，{cn_date(meeting.starts_at, clock.today())}",
            reverse("agenda:meeting_detail", args=[meeting.pk]),
        )
        for meeting in seen.newest_first()
    ]
