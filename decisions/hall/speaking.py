"""The order of speaking: who has stated himself, who is still to be heard, and the chair last (rules.md §2)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from agenda.meetings.models import AgendaEntry
from agenda.rules.models import DECIDING
from common.services import Refused
from decisions.hall.models import DueMember, EntryNote, Sitting
from decisions.hall.questions import present_ids, recused_ids, rule_for

SPOKEN = (EntryNote.Kind.STATED, EntryNote.Kind.REPORT, EntryNote.Kind.POINT)


@dataclass(frozen=True)
class Speaking:
    """Who is to state himself on an entry, in order of post, and what stands of it.

    `stances`: by person the line that counts. `heard`: who reported or spoke without stating a stance.
    """

    members: list[DueMember]
    stances: dict[int, EntryNote]
    heard: frozenset[int]
    chair_id: int

    @property
    def waiting(self) -> list[DueMember]:
        """Everybody but the chair who has neither stated himself nor spoken."""
        done = self.stances.keys() | self.heard | {self.chair_id}
        return [member for member in self.members if member.person_id not in done]


def speaking_of(
    chair_id: int,
    lines: Iterable[EntryNote],
    due: Iterable[DueMember],
    present: Collection[int],
    recused: Collection[int],
) -> Speaking:
    """From the lines of an entry that were not corrected: members with a vote who are in the room and not recused."""
    named = [line for line in lines if line.person_id and line.kind in SPOKEN]
    stances = {line.person_id: line for line in named if line.kind == EntryNote.Kind.STATED and line.person_id}
    heard = frozenset(line.person_id for line in named if line.kind != EntryNote.Kind.STATED and line.person_id)
    members = [one for one in due if one.votes and one.person_id in present and one.person_id not in recused]
    return Speaking(members, stances, heard, chair_id)


def speaking_now(sitting: Sitting, entry: AgendaEntry) -> Speaking:
    """The same for a service that holds the locks."""
    lines = EntryNote.objects.filter(entry=entry, kind__in=SPOKEN, corrected_by__isnull=True).order_by("pk")
    due = sitting.due_members.select_related("person")
    return speaking_of(sitting.chair_id, lines, due, present_ids(sitting.meeting_id), recused_ids(entry))


def demand_chair_last(sitting: Sitting, entry: AgendaEntry) -> None:
    """主持人末位表态, where the rule has it: the chair may ask and guide at any time, as 发言."""
    rule = rule_for(sitting, entry) if entry.handling in DECIDING else None
    if rule and rule.chair_last:
        demand_all_heard(speaking_now(sitting, entry), "主持人末位表态")


def demand_all_heard(speaking: Speaking, why: str) -> None:
    """Refuse with who has not stated himself yet."""
    if waiting := speaking.waiting:
        names = "、".join(member.name for member in waiting[:6]) + (f"等 {len(waiting)} 人" if len(waiting) > 6 else "")
        raise Refused(f"{why}：{names}还没有表态。请先逐人登记表态；没有意见的，用「其余没有意见」。")
