"""Move a meeting, or change its place or chair, before it opens."""

from datetime import datetime

from agenda.items.models import Item
from agenda.meetings.admission import Admission
from agenda.meetings.locks import lock_meeting, touch
from agenda.meetings.marks import meeting_mark
from agenda.meetings.models import Meeting
from agenda.meetings.plan_rules import demand_chair, demand_place, demand_term, demand_time
from agenda.meetings.policies import demand_office
from committee.bodies.models import Body
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Conflict, Refused, nothing_to_do, service
from common.web.formats import cn_date, cn_datetime, local_day

FIELDS = ("starts_at", "place", "kind", "chair_id", "recorder_id", "remark")


@service
def change_meeting(
    *,
    actor: Actor,
    meeting: Meeting,
    starts_at: datetime,
    place: str,
    chair: Person,
    kind: str,
    recorder: Person | None = None,
    remark: str = "",
    seen: str | None = None,
) -> Meeting:
    """Write the plan anew. What a notice already said is not changed by it: the page then asks for a further one.

    `seen` is the meeting_mark() of the plan that the page showed; where somebody changed it since, nothing is written.
    The body is locked where the time changes, so that no two of its meetings come to the same moment.
    """
    meeting = lock_meeting(meeting)
    demand_office(actor)
    before = {field: getattr(meeting, field) for field in FIELDS}
    if seen is not None and seen != meeting_mark(meeting):
        raise _changed_meanwhile(meeting)
    if starts_at != meeting.starts_at:
        Body.objects.select_for_update(no_key=True).get(pk=meeting.body_id)
        demand_time(meeting.body, starts_at, but=meeting)
        _demand_numbers_hold(meeting, starts_at)
        _demand_items_may_stay(meeting, starts_at)
    meeting.starts_at = starts_at
    meeting.chair = demand_chair(chair, meeting.day)
    meeting.place = demand_place(place)
    meeting.kind, meeting.recorder, meeting.remark = kind, recorder, remark.strip()
    after = {field: getattr(meeting, field) for field in FIELDS}
    if after == before:
        nothing_to_do()
        return meeting
    meeting.save(update_fields=["starts_at", "place", "kind", "chair", "recorder", "remark"])
    touch(meeting)
    changed = [field for field in FIELDS if before[field] != after[field]]
    audit(
        actor,
        "change_meeting",
        meeting,
        before={field: str(before[field] or "") for field in changed},
        after={field: str(after[field] or "") for field in changed},
    )
    return meeting


def _demand_numbers_hold(meeting: Meeting, starts_at: datetime) -> None:
    """A meeting is counted in its year and 届; one that leaves them is another meeting."""
    day = local_day(starts_at)
    if day.year != meeting.year_number.year or demand_term(day).pk != meeting.term_id:
        raise Refused(
            f"「{meeting}」按原来的年度和届次编了次数，不能改到{cn_date(day, clock.today())}。"
            "请取消这次会议，另行筹备一次。",
            field="starts_at",
        )


def _demand_items_may_stay(meeting: Meeting, starts_at: datetime) -> None:
    """Every item on the agenda is still cleared on the new day and was filed in time for it, or 书记 let it pass."""
    day, today = local_day(starts_at), clock.today()
    listed = Item.objects.filter(entry_items__entry__meeting=meeting, entry_items__active=True)
    items = list(listed.order_by("entry_items__entry__position", "pk"))
    admission = Admission(meeting, items, today, day=day)
    if why_not := dict.fromkeys(said for item in items if (said := admission.why_not_stay(item))):
        raise Refused(
            f"会议不能改到{cn_date(day, today)}。{''.join(why_not)}"
            "要改到这一天，请先把上述议题移出议程；或者另选时间。",
            field="starts_at",
        )


def _changed_meanwhile(meeting: Meeting) -> Conflict:
    """What the second editor is told: how the plan stands now."""
    when = cn_datetime(meeting.starts_at, clock.today())
    return Conflict(
        f"您打开之后，会议已由他人修改，这次没有存上。现在是{when}，{meeting.place}，主持人{meeting.chair.name}。"
        "请核对下面的内容，确要改的再保存。",
        theirs=meeting,
    )
