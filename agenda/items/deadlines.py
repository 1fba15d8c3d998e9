"""Filing deadlines in working days before a meeting, and whether an item came too late for it (rules.md §4)."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agenda.items.models import CheckOpinion, Item, ItemVersion
from agenda.items.urgency import is_approved, request_of
from agenda.rules.models import AgendaRuleSet
from committee.bodies.models import Body
from common.calendar.publish import working_calendar
from common.calendar.working_days import Deadline
from common.web.formats import cn_date, local_day

# The one place where items ask about meetings, which stand above them: the reverse of Meeting.body, by name only.
# States in which a meeting is still to come.
MEETINGS, COMING = "meetings", ("planned", "notified")


def filing_deadline(meeting_day: date, rules: AgendaRuleSet) -> Deadline:
    """The last day to file for a meeting; provisional while the calendar of its year is unpublished."""
    return working_calendar().add_working_days(meeting_day, -rules.file_days)


def papers_deadline(meeting_day: date, rules: AgendaRuleSet) -> Deadline:
    """The last day on which checks and signatures still leave time to send the papers out."""
    return working_calendar().add_working_days(meeting_day, -rules.papers_days)


def legal_review_time(rules: AgendaRuleSet, filed: date, today: date) -> str:
    """From which day on a legal review has had its working days since filing (rules.md §3); a notice, no refusal."""
    first = working_calendar().add_working_days(filed, rules.legal_days)
    provisional = "（放假安排未公布，暂定）" if first.provisional else ""
    return f"呈报后一般不少于 {rules.legal_days} 个工作日，最早{cn_date(first.day, today)}{provisional}作出。"


def legal_review_haste(opinion: CheckOpinion, version: ItemVersion) -> str:
    """That a legal review took fewer working days than the rules give it at least; one that was confirmed had them."""
    least = version.rule_set.legal_days
    taken = working_calendar().working_days_between(local_day(version.submitted_at), opinion.done_on).number
    if opinion.confirms_id or taken >= least:
        return ""
    return f"呈报后 {max(taken, 0)} 个工作日作出，规则要求一般不少于 {least} 个工作日。"


def coming_meeting_days(day: date) -> dict[str, list[date]]:
    """Kind of body → the days of its planned meetings from this day on, in order; one query."""
    coming = Body.objects.filter(**{f"{MEETINGS}__state__in": COMING, f"{MEETINGS}__starts_at__date__gte": day})
    days: dict[str, list[date]] = {}
    for kind, starts_at in coming.order_by(f"{MEETINGS}__starts_at").values_list("kind", f"{MEETINGS}__starts_at"):
        days.setdefault(kind, []).append(local_day(starts_at))
    return days


def months_later(day: date, months: int) -> date:
    """The same day some months later, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Lateness:
    """For which meeting an item was filed, its deadline, and whether it was missed."""

    meeting_day: date
    deadline: Deadline
    late: bool

    def sentence(self, today: date) -> str:
        provisional = "（放假安排未公布，暂定）" if self.deadline.provisional else ""
        return f"{cn_date(self.meeting_day, today)}会议的呈报截止日是{cn_date(self.deadline.day, today)}{provisional}"


def lateness(item: Item, days: Sequence[date], rules: AgendaRuleSet) -> Lateness | None:
    """Measured on the first meeting that the item is in time for; on the very next where it is urgent or late for all.

    None while no meeting of its body is planned. `days` are those meetings' days in order.
    """
    if item.filed_on is None or not days:
        return None
    measured = [Lateness(day, last, item.filed_on > last.day) for day in days for last in [filing_deadline(day, rules)]]
    if item.urgent:
        return measured[0]
    return next((one for one in measured if not one.late), measured[0])


def needs_urgent_approval(item: Item, days: Sequence[date], rules: AgendaRuleSet) -> Lateness | None:
    """The missed deadline that only 书记 can pass over; None where the item is in time or he has approved."""
    found = lateness(item, days, rules)
    if found is None or not found.late or is_approved(item):
        return None
    return found


def why_too_late(item: Item, rules: AgendaRuleSet, today: date) -> str:
    """Why a filed item cannot be accepted yet, and what to do; empty where it can."""
    found = needs_urgent_approval(item, coming_meeting_days(today).get(item.target_body, []), rules)
    if found is None:
        return ""
    if request_of(item):
        todo = "急件申请已经提出，等书记批准后即可受理。"
    else:
        todo = f"请{item.unit.short_name}写明理由申请急件，由书记批准；或者等下次会议排定后再受理。"
    return f"逾期呈报：{found.sentence(today)}。{todo}"
