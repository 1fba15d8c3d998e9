"""Who was told of a meeting, who has opened the notice, who answered what: at a glance and one by one."""

from dataclasses import dataclass
from functools import cached_property

from agenda.meetings.models import Meeting, MeetingNotice, NoticeRecipient, Reply
from agenda.meetings.questions import standing_replies


@dataclass(frozen=True)
class Answer:
    """One recipient of the last notice and the reply that counts."""

    recipient: NoticeRecipient
    reply: Reply | None

    @property
    def is_member(self) -> bool:
        return self.recipient.capacity == NoticeRecipient.Capacity.MEMBER

    @property
    def on_leave(self) -> bool:
        return self.reply is not None and self.reply.answer == Reply.Answer.LEAVE

    @property
    def ruled(self) -> bool | None:
        """True where 书记 approved the leave, False where he declined, None where he has not said."""
        ruling = getattr(self.reply, "ruling", None)
        return ruling.approved if ruling else None

    @property
    def word(self) -> str:
        """参会, 请假（书记已同意） …"""
        if self.reply is None:
            return "未答复"
        if not self.on_leave:
            return "参会"
        return {True: "请假（书记已同意）", False: "请假（书记未同意）", None: "请假（待书记批准）"}[self.ruled]

    @property
    def tone(self) -> str:
        if self.reply is None:
            return "neutral"
        return "wait" if self.on_leave else "good"


class Replies:
    """The answers to the last notice; empty before there was one."""

    def __init__(self, answers: list[Answer]) -> None:
        self.answers = answers

    @cached_property
    def members(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.is_member]

    @cached_property
    def others(self) -> list[Answer]:
        return [answer for answer in self.answers if not answer.is_member]

    @property
    def attending(self) -> int:
        return sum(1 for answer in self.members if answer.reply and not answer.on_leave)

    @property
    def leaves(self) -> list[Answer]:
        return [answer for answer in self.members if answer.on_leave]

    @property
    def silent(self) -> list[Answer]:
        return [answer for answer in self.members if answer.reply is None]

    @property
    def others_attending(self) -> int:
        return sum(1 for answer in self.others if answer.reply and not answer.on_leave)

    def of(self, person_id: int) -> Answer | None:
        return next((answer for answer in self.answers if answer.recipient.person_id == person_id), None)

    def awaits(self, person_id: int) -> bool:
        """Is this person asked and has not answered?"""
        answer = self.of(person_id)
        return answer is not None and answer.reply is None

    @property
    def to_rule(self) -> list[Answer]:
        """Leaves that 书记 has not ruled on."""
        return [answer for answer in self.leaves if answer.ruled is None]


def replies_to(meeting: Meeting, notices: list[MeetingNotice]) -> Replies:
    """Two queries; none before the first notice."""
    if not notices:
        return Replies([])
    told = NoticeRecipient.objects.filter(notice=notices[-1]).select_related("person")
    standing = standing_replies(meeting, notices)
    people = told.order_by("person__rank_order", "pk")
    ordered = sorted(people, key=lambda one: one.capacity != NoticeRecipient.Capacity.MEMBER)
    return Replies([Answer(one, standing.get(one.person_id)) for one in ordered])
