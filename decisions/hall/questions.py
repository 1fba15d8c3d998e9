"""Questions about the room: who is in it, who is recused, which rule holds, are enough present."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from agenda.meetings.models import AgendaEntry, EntryItem, Meeting
from agenda.meetings.workflow import EntryState
from committee.bodies.models import Body
from common.services import Refused
from decisions.hall.models import Attendance, DueMember, EntryNote, Sitting
from decisions.rules.counting import counting_rule, line_for, opening_line
from decisions.rules.models import VotingRule, VotingRuleSet
from decisions.rules.tally import Act, Room, Verdict, quorum_verdict


def standing_events(meeting_id: int) -> dict[int, Attendance]:
    """Per person the event that counts: the newest, after what was undone; who never came is not in it."""
    return {person: rows[-1] for person, rows in visits_of(meeting_id).items()}


def visits_in_session(sitting: Sitting) -> dict[int, list[Attendance]]:
    """实到: who was in the room at the opening or came later, with what stands from the coming that brought him there.

    Who signed in and left before the opening was not at the meeting.
    """
    found = {}
    for person, rows in visits_of(sitting.meeting_id).items():
        before = [event for event in rows if event.at <= sitting.opened_at]
        at_opening = [event for event in before[-1:] if event.kind == Attendance.Kind.ARRIVE]
        if stayed := at_opening + rows[len(before) :]:
            found[person] = stayed
    return found


def visits_of(meeting_id: int) -> dict[int, list[Attendance]]:
    """Per person the comings and goings that were not taken back, in order."""
    return _standing(Attendance.objects.filter(meeting_id=meeting_id).select_related("person"))


def _standing(events_of_meeting: QuerySet[Attendance]) -> dict[int, list[Attendance]]:
    events: dict[int, list[Attendance]] = defaultdict(list)
    for event in events_of_meeting.order_by("pk"):
        if event.undoes_id:
            events[event.person_id].pop()
        else:
            events[event.person_id].append(event)
    return {person: rows for person, rows in events.items() if rows}


def present_ids(meeting_id: int) -> set[int]:
    """Who is in the room now, members and attendants."""
    rows = _standing(Attendance.objects.filter(meeting_id=meeting_id))
    return {person for person, events in rows.items() if events[-1].kind == Attendance.Kind.ARRIVE}


def standing_recusals(entry: AgendaEntry) -> QuerySet[EntryNote]:
    """The 回避 lines of this matter that were not corrected."""
    return EntryNote.objects.filter(entry=entry, kind=EntryNote.Kind.RECUSAL, corrected_by__isnull=True)


def recused_ids(entry: AgendaEntry) -> set[int]:
    """Who is recused from this matter."""
    return {person for person in standing_recusals(entry).values_list("person_id", flat=True) if person}


def rule_for(sitting: Sitting, entry: AgendaEntry) -> VotingRule | None:
    """The line of the sitting's rule set for this entry; none at a 书记专题会, which cannot vote (rules.md §1)."""
    natures = EntryItem.objects.filter(entry=entry).values_list("item__matter_kind__nature", flat=True)
    return line_for(lines_of(sitting.rule_set, sitting.meeting.body.kind), natures)


def lines_of(rules: VotingRuleSet, kind: str) -> list[VotingRule]:
    """The lines of one body, in their order."""
    return list(rules.rules.filter(body_kind=kind).order_by("pk"))


def rule_of_opening(rules: VotingRuleSet, kind: str) -> VotingRule | None:
    """The line whose quorum opens a meeting of this body."""
    return opening_line(lines_of(rules, kind))


def only_prepares(kind: str) -> bool:
    """书记专题会 prepares and hears; it has no quorum and no vote (rules.md §1)."""
    return kind == Body.Kind.SECRETARY_MEETING


def room_of(members: Iterable[DueMember], present: Collection[int], recused: Collection[int] = ()) -> Room:
    """The numbers of a moment, from who is due."""
    due = [member.person_id for member in members if member.counts]
    return room_of_people(due, present, recused)


def room_of_people(due: Collection[int], present: Collection[int], recused: Collection[int] = ()) -> Room:
    """The same from ids: 应到 before recusal, 实到 without the recused."""
    here = [person for person in due if person in present and person not in recused]
    try:
        return Room(len(due), len(here), sum(person in recused for person in due))
    except ValueError as error:
        raise Refused(str(error)) from error


def quorum(rule: VotingRule, room: Room, act: Act) -> Verdict:
    """Are enough present? The one way from rule and room to the verdict with its sentence."""
    try:
        return quorum_verdict(counting_rule(rule), room, act)
    except ValueError as error:
        raise Refused(str(error)) from error


def room_at(sitting: Sitting, entry: AgendaEntry) -> Room:
    """The room as it is now, for one entry."""
    return room_of(sitting.due_members.all(), present_ids(sitting.meeting_id), recused_ids(entry))


def open_entries_words(meeting: Meeting) -> str:
    """What still stands in the way of closing; empty where nothing does."""
    unsettled = (EntryState.PENDING, EntryState.DISCUSSING)
    titles = AgendaEntry.objects.filter(meeting=meeting, state__in=unsettled).order_by("position")
    names = [f"「{title}」" for title in titles.values_list("title", flat=True)]
    if not names:
        return ""
    shown = "、".join(names[:3]) + (f"等 {len(names)} 项" if len(names) > 3 else "")
    return f"{shown}还没有结果，不能散会。请逐项议决、听取或缓议后再散会。"
