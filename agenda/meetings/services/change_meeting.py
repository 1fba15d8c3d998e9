"""Move a meeting, or change its place or chair, before it opens."""

from datetime import datetime

from agenda.meetings.locks import lock_meeting, touch
from agenda.meetings.models import EntryItem, Meeting
from agenda.meetings.plan_rules import demand_chair, demand_place, demand_term, demand_time
from agenda.meetings.policies import demand_office
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, nothing_to_do, service
from common.web.formats import cn_date, local_day

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
) -> Meeting:
    """Write the plan anew. What a notice already said is not changed by it: the page then asks for a further one."""
    meeting = lock_meeting(meeting)
    demand_office(actor)
    before = {field: getattr(meeting, field) for field in FIELDS}
    if starts_at != meeting.starts_at:
        demand_time(meeting.body, starts_at, but=meeting)
        _demand_numbers_hold(meeting, starts_at)
        _demand_clearances_hold(meeting, starts_at)
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


def _demand_clearances_hold(meeting: Meeting, starts_at: datetime) -> None:
    """Every item on the agenda must still be cleared on the new day."""
    day = local_day(starts_at)
    lapsed = EntryItem.objects.filter(entry__meeting=meeting, active=True, clearance__valid_until__lt=day)
    titles = [f"「{title}」" for title in lapsed.order_by("entry__position").values_list("item__title", flat=True)]
    if titles:
        raise Refused(
            f"改到{cn_date(day, clock.today())}以后，{'、'.join(titles)}的前置程序已过有效期。"
            "请先把这些议题移出议程，由提报单位重新办理后再列入；或另选较早的时间。",
            field="starts_at",
        )
