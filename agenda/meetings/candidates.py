"""Items that could come up at a meeting: the ready ones with what forbids them, and those still on their way."""

from dataclasses import dataclass
from typing import NamedTuple

from django.core.paginator import Page, Paginator

from agenda.items.models import Item
from agenda.items.policies import visible_to
from agenda.items.workflow import ItemState
from agenda.meetings.admission import Admission
from agenda.meetings.models import Meeting
from agenda.meetings.questions import Deadlines
from common import clock
from common.identity.actor import Actor

PER_PAGE = 50
ON_THEIR_WAY = (ItemState.SUBMITTED, ItemState.VETTING, ItemState.SIGNING, ItemState.RETURNED)
MOST_ON_THEIR_WAY = 50


class Candidate(NamedTuple):
    """A ready item; `why_not` is empty where it may be put on."""

    item: Item
    why_not: str


@dataclass(frozen=True)
class Candidates:
    """What the page of listing shows."""

    ready: list[Candidate]
    page: Page
    on_their_way: list[Item]
    deadlines: Deadlines | None


def candidates_for(actor: Actor, meeting: Meeting, page: str | None) -> Candidates:
    """Items meant for this body, oldest filing first; a constant number of queries."""
    meant = visible_to(actor).filter(target_body=meeting.body.kind).for_list()
    meant = meant.select_related("matter_kind", "current_version")
    found = Paginator(meant.filter(state=ItemState.READY).order_by("filed_on", "pk"), PER_PAGE).get_page(page)
    items = list(found)
    admission = Admission(meeting, items, clock.today())
    return Candidates(
        [Candidate(item, admission.why_not(item)) for item in items],
        found,
        list(meant.filter(state__in=ON_THEIR_WAY).order_by("filed_on", "pk")[:MOST_ON_THEIR_WAY]),
        admission.deadlines,
    )
