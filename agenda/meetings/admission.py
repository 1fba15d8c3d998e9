"""May this item come up at this meeting? The one deciding place, for the service and for the page that says why not."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import F

from agenda.items.models import Clearance, Item
from agenda.items.policies import is_cadre
from agenda.items.standing import standing_of
from agenda.items.urgency import approvals_in_force
from agenda.items.workflow import ItemState
from agenda.meetings.models import Meeting
from agenda.meetings.questions import Deadlines, deadlines_for
from agenda.meetings.workflow import MeetingState
from committee.bodies.models import Body
from common.web.formats import cn_date


class Admission:
    """The facts that decide, for many items at once: newest clearances, approvals, deadlines.

    `day` is the one it would be held on, where the meeting is about to be moved.
    """

    def __init__(self, meeting: Meeting, items: Iterable[Item], today: date, *, day: date | None = None) -> None:
        self.meeting, self.today, self.day = meeting, today, day or meeting.day
        pks = [item.pk for item in items]
        cleared = Clearance.objects.filter(item__in=pks, version=F("item__current_version")).order_by("pk")
        self.clearances: Mapping[int, Clearance] = {clearance.item_id: clearance for clearance in cleared}
        self.approved = set(approvals_in_force().filter(item__in=pks).values_list("item_id", flat=True))
        self.deadlines: Deadlines | None = deadlines_for(self.day)

    def why_not(self, item: Item) -> str:
        """A sentence: what is missing, who has it, what to do; empty where the item may come up."""
        rules = (self._not_cleared, self._lapsed, self._other_body, self._filed_late, self._surprise_of_cadres)
        return next((said for rule in rules if (said := rule(item))), "")

    def why_not_stay(self, item: Item) -> str:
        """The same for an item that stands on the agenda already."""
        return self._lapsed(item) or self._filed_late(item)

    def why_not_in_full(self, item: Item) -> str:
        """For one item: also what its file still lacks and who has it (ten queries)."""
        why_not = self.why_not(item)
        return why_not + standing_of(item, self.today).sentence if item.pk not in self.clearances else why_not

    def _not_cleared(self, item: Item) -> str:
        clearance = self.clearances.get(item.pk)
        if item.state != ItemState.READY or clearance is None:
            return f"「{item.title}」现在是「{item.get_state_display()}」，还不是待上会。"
        return ""

    def _lapsed(self, item: Item) -> str:
        until_day = self.clearances[item.pk].valid_until
        if until_day and until_day < self.day:
            until = cn_date(until_day, self.today)
            return (
                f"「{item.title}」的前置程序{until}到期，到开会那天已经失效。"
                "请提报单位请审核人重新办理，或列入更早的会议。"
            )
        return ""

    def _other_body(self, item: Item) -> str:
        if item.target_body != self.meeting.body.kind:
            wanted = Body.Kind(item.target_body).label
            return f"「{item.title}」呈报的是{wanted}，不能列入{self.meeting.body.name}。请列入{wanted}的会议。"
        return ""

    def _filed_late(self, item: Item) -> str:
        if self.deadlines is None:
            return "开会那天没有施行中的上会规则，无法核对期限。请秘书科先在「规则」里登记。"
        last = self.deadlines.filing.day
        if item.filed_on and item.filed_on > last and item.pk not in self.approved:
            return (
                f"「{item.title}」{cn_date(item.filed_on, self.today)}呈报，"
                f"晚于这次会议的截止日{cn_date(last, self.today)}。请列入下一次会议；"
                "确属紧急的，由提报单位写明理由、书记批准为急件后列入。"
            )
        return ""

    def _surprise_of_cadres(self, item: Item) -> str:
        """No topic of cadres is added at short notice (rules.md §1)."""
        told = self.meeting.state == MeetingState.NOTIFIED
        late = self.deadlines is not None and self.today > self.deadlines.notice.day
        if told and late and is_cadre(item):
            return "通知已经发出，发通知的期限也已过，干部任免事项不能临时增加。请列入下一次会议。"
        return ""
