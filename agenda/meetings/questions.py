"""Questions about a meeting that take its day: who may chair, which deadlines hold, which replies count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from agenda.items.deadlines import filing_deadline, papers_deadline
from agenda.meetings.models import Meeting, MeetingNotice, Reply
from agenda.meetings.workflow import MeetingState
from agenda.rules.models import rules_on
from committee.bodies.models import Body, Seat
from committee.bodies.questions import CHAIRING
from common.calendar.publish import working_calendar
from common.calendar.working_days import Deadline
from common.identity.models import Person

# 党代会 is held once in five years, over days and by delegations: not planned here.
MEETING_BODIES = (Body.Kind.STANDING, Body.Kind.PLENARY, Body.Kind.SECRETARY_MEETING)


def chairs_on(day: date) -> list[Person]:
    """书记 first, then the 副书记 whom 书记 may entrust (rules.md §1); nobody who is 停职."""
    acting = Seat.objects.acting_on(day).values("pk")
    seats = Seat.objects.of_body(Body.Kind.STANDING).serving_on(day).filter(kind__in=CHAIRING, pk__in=acting)
    return [seat.person for seat in sorted(seats, key=lambda seat: CHAIRING.index(Seat.Kind(seat.kind)))]


@dataclass(frozen=True)
class Deadlines:
    """The last days for a meeting, counted back in working days by the rules of that day (rules.md §4)."""

    filing: Deadline
    papers: Deadline
    notice: Deadline


def deadlines_for(day: date) -> Deadlines | None:
    """None where no rule set is in force on the day."""
    rules = rules_on(day)
    if rules is None:
        return None
    notice = working_calendar().add_working_days(day, -rules.notice_days)
    return Deadlines(filing_deadline(day, rules), papers_deadline(day, rules), notice)


def still_noted(day: date) -> Q:
    """Meetings of this day and later that people have noted: those to come, and those cancelled after a notice."""
    called = MeetingNotice.objects.filter(meeting=OuterRef("pk"))
    over = Q(state=MeetingState.CLOSED) | Q(~Exists(called), state=MeetingState.CANCELLED)
    return ~over & Q(starts_at__date__gte=day)


def asked_at(notices: Iterable[MeetingNotice]) -> datetime | None:
    """Since when replies count: the first notice that named the time as it is now. `notices` in their order.

    A notice that moves the meeting asks everybody again; one that changes only the agenda does not.
    """
    since = moment = None
    for notice in notices:
        if notice.content["starts_at"] != moment:
            moment, since = notice.content["starts_at"], notice.sent_at
    return since


def is_declined(reply: Reply) -> bool:
    """A leave that 书记 did not approve: the person is to come, or to ask again."""
    ruling = getattr(reply, "ruling", None)
    return ruling is not None and not ruling.approved


def standing_replies(meeting: Meeting, notices: Iterable[MeetingNotice]) -> dict[int, Reply]:
    """The reply that counts of each person: the newest since asked_at()."""
    since = asked_at(notices)
    if since is None:
        return {}
    replies = Reply.objects.filter(meeting=meeting, replied_at__gte=since).select_related("ruling", "entered_by")
    return {reply.person_id: reply for reply in replies.order_by("pk")}
