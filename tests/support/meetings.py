"""How a meeting gets as far as a test needs it: planned, with items on its agenda, called. Through the services."""

from datetime import datetime
from typing import Any

from agenda.items.models import Item
from agenda.meetings.models import AgendaEntry, Meeting, MeetingNotice
from agenda.meetings.services.plan_meeting import plan_meeting
from agenda.meetings.services.schedule_item import schedule_item
from agenda.meetings.services.send_notice import send_notice
from committee.bodies.models import Body
from common.clock import SHANGHAI
from tests.support.cast import District
from tests.support.told import story

NEXT = "2026-11-26 15:00"


def moment(text: str) -> datetime:
    """A Shanghai time."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@story
def planned_meeting(district: District, at: str = NEXT, **given: Any) -> Meeting:
    """第21次常委会, planned by 秘书科; `body=` a Body.Kind, `actor=` somebody else."""
    return plan_meeting(
        actor=given.pop("actor", None) or district.office,
        body=Body.objects.get(kind=given.pop("body", Body.Kind.STANDING)),
        starts_at=moment(at),
        place=given.pop("place", "区委常委会会议室"),
        **given,
    )


@story
def listed(district: District, meeting: Meeting, item: Item) -> AgendaEntry:
    """The item at the end of the agenda."""
    return schedule_item(actor=district.office, meeting=meeting, item=item)


def on_agenda(district: District, meeting: Meeting, *items: Item) -> list[AgendaEntry]:
    """Each item as an entry of its own."""
    return [listed(district, meeting, item) for item in items]


@story
def called_meeting(district: District, *items: Item, **given: Any) -> Meeting:
    """A planned meeting with these items, its notice sent."""
    meeting = planned_meeting(district, **given)
    on_agenda(district, meeting, *items)
    call(district, meeting)
    return Meeting.objects.with_names().get(pk=meeting.pk)


def call(district: District, meeting: Meeting) -> MeetingNotice:
    return send_notice(actor=district.office, meeting=meeting)
