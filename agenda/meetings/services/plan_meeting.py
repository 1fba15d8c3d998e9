"""Plan a meeting: it gets its numbers in the year and in the term."""

from datetime import datetime

from agenda.meetings.models import Meeting
from agenda.meetings.plan_rules import demand_chair, demand_place, demand_term, demand_time
from agenda.meetings.policies import demand_office
from agenda.meetings.questions import MEETING_BODIES
from committee.bodies.models import Body
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.numbers.give import give_number
from common.services import Refused, service
from common.web.formats import local_day


@service
def plan_meeting(
    *,
    actor: Actor,
    body: Body,
    starts_at: datetime,
    place: str,
    kind: str = Meeting.Kind.REGULAR,
    chair: Person | None = None,
    recorder: Person | None = None,
    remark: str = "",
) -> Meeting:
    """Plan a sitting of a body; 书记 chairs unless a 副书记 is named whom he entrusted.

    The body's row is locked, so that two planners get numbers that follow each other.
    """
    body = Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    demand_office(actor)
    if body.kind not in MEETING_BODIES:
        raise Refused(f"{body.name}不在这里筹备：代表大会另按选举工作条例组织。", field="body")
    demand_time(body, starts_at)
    day = local_day(starts_at)
    term = demand_term(day)
    chair = demand_chair(chair, day)
    subject = f"{body.name} {day}"
    meeting = Meeting.objects.create(
        committee=actor.committee,
        body=body,
        term=term,
        kind=kind,
        year_number=give_number(f"meeting_year:{body.kind}", day.year, subject, actor=actor),
        term_number=give_number(f"meeting_term:{body.kind}", term.number, subject, actor=actor),
        starts_at=starts_at,
        place=demand_place(place),
        chair=chair,
        recorder=recorder,
        remark=remark.strip(),
        created_at=clock.now(),
        changed_at=clock.now(),
    )
    audit(actor, "plan_meeting", meeting, starts_at=starts_at.isoformat(), place=meeting.place, chair=chair.pk)
    return meeting
