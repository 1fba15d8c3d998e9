"""The clerk's board: the whole hall as it is now, in a constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.urls import reverse

from agenda.meetings.models import AgendaEntry, Meeting, MeetingNotice
from agenda.meetings.programme import Line, Programme, load_programme
from agenda.meetings.questions import standing_replies
from agenda.meetings.workflow import EntryState
from agenda.rules.models import DECIDING
from common import clock
from decisions.ballots.models import Ballot
from decisions.ballots.workflow import LIVE
from decisions.console.asked import Asked, asked_of
from decisions.console.ballot import BallotView
from decisions.console.entry_list import Agenda, agenda_rows
from decisions.console.forms import SPOKEN, VIEW
from decisions.console.seats import Seat, called_seats, leaves_of, member_seats
from decisions.hall.models import Attendance, DueMember, EntryNote, Sitting
from decisions.hall.policies import CLOSED
from decisions.hall.questions import lines_of, only_prepares, quorum, room_of, visits_of
from decisions.hall.speaking import Speaking, speaking_of
from decisions.outcomes.models import DecidedMatter
from decisions.rules.counting import line_for, opening_line
from decisions.rules.models import VotingRule
from decisions.rules.tally import Act, Room, Verdict
from decisions.votes.models import Round
from decisions.votes.questions import ballot_of

UNSETTLED = (EntryState.PENDING, EntryState.DISCUSSING)


@dataclass
class Board:
    """Everything the console shows; `selected` is the entry in the middle, `closed` to a clerk recused from it."""

    sitting: Sitting
    programme: Programme
    members: list[Seat]
    called: list[Seat]
    agenda: list[Agenda]
    selected: Line | None
    closed: bool
    notes: list[EntryNote]
    asked: list[Asked]
    ballot: BallotView | None
    secret: list[Ballot]
    matters: list[DecidedMatter]
    verdict: Verdict | None
    room: Room
    rule: VotingRule | None
    now: datetime
    speaking: Speaking | None

    @property
    def speaking_rows(self) -> list[tuple[DueMember, EntryNote | None, bool, bool]]:
        """(member, what stands of him, whether he spoke, whether he chairs), the chair last."""
        if self.speaking is None:
            return []
        found = self.speaking
        rows = [
            (one, found.stances.get(one.person_id), one.person_id in found.heard, one.person_id == found.chair_id)
            for one in found.members
        ]
        return sorted(rows, key=lambda row: row[3])

    @property
    def stances(self) -> list[tuple[str, str]]:
        return EntryNote.Stance.choices

    @property
    def meeting(self) -> Meeting:
        return self.sitting.meeting

    @property
    def entry(self) -> AgendaEntry | None:
        return self.selected.entry if self.selected else None

    @property
    def row(self) -> Agenda | None:
        return next((row for row in self.agenda if row.current), None)

    @property
    def state(self) -> str:
        return self.entry.state if self.entry else ""

    @property
    def open(self) -> bool:
        """Whether the entry in the middle has no outcome yet."""
        return self.state in UNSETTLED

    @property
    def closed_words(self) -> str:
        """Who keeps the entry instead."""
        return CLOSED

    @property
    def deciding(self) -> bool:
        """Whether the entry in the middle is to be voted on at all."""
        if self.entry is None or self.closed:
            return False
        return self.entry.handling in DECIDING and not only_prepares(self.meeting.body.kind)

    @property
    def live_secret(self) -> Ballot | None:
        """The secret ballot that is being prepared, voted on or counted."""
        return next((one for one in self.secret if one.state in LIVE), None)

    @property
    def may_be_secret(self) -> bool:
        return self.rule is not None and Round.Form.SECRET in self.rule.forms

    @property
    def only_secret(self) -> bool:
        return self.rule is not None and self.rule.forms == [Round.Form.SECRET]

    @property
    def votable(self) -> Asked | None:
        """The first question that still has no result: the keys 1, 2, 3 vote on it."""
        return next((asked for asked in self.asked if asked.result is None), None)

    @property
    def settled(self) -> bool:
        """All questions have their result, so that what was decided can be written down."""
        return bool(self.asked) and self.votable is None and self.ballot is None and self.live_secret is None

    @property
    def discussing_elsewhere(self) -> Agenda | None:
        """Another entry than the one in the middle is being dealt with."""
        return next((row for row in self.agenda if row.entry.state == EntryState.DISCUSSING and not row.current), None)

    @property
    def unsettled(self) -> int:
        return sum(row.entry.state in UNSETTLED for row in self.agenda)

    @property
    def next_entry(self) -> Agenda | None:
        """Where the clerk goes on."""
        open_rows = [row for row in self.agenda if row.entry.state in UNSETTLED]
        return min(open_rows, key=lambda row: row.entry.state != EntryState.DISCUSSING, default=None)

    @property
    def busy_words(self) -> str:
        """Why this entry cannot begin while another is being dealt with."""
        other = self.discussing_elsewhere
        return f"第{other.numeral}项正在审议，先议完、缓议或放回未议，才能开始本项。" if other else ""

    @property
    def spoken(self) -> list[tuple[str, Any]]:
        """The kinds of line that are typed; 酝酿意见 where the body only prepares."""
        return [*SPOKEN, VIEW] if only_prepares(self.meeting.body.kind) else SPOKEN

    @property
    def next_kind(self) -> str:
        """汇报 first, then 发言."""
        reported = any(note.kind == EntryNote.Kind.REPORT for note in self.notes)
        return EntryNote.Kind.POINT if reported else EntryNote.Kind.REPORT

    @property
    def sheet_url(self) -> str:
        return reverse("decisions:sign_in_sheet", args=[self.meeting.pk])

    @property
    def close_url(self) -> str:
        return reverse("decisions:hall_close", args=[self.meeting.pk])

    @property
    def entry_url(self) -> str:
        """Back to the entry in the middle."""
        query = f"?entry={self.entry.pk}" if self.entry else ""
        return reverse("decisions:console", args=[self.meeting.pk]) + query

    @property
    def present(self) -> int:
        """Counted members in the room, the recused among them."""
        return sum(seat.here for seat in self.members if seat.counts)

    @property
    def voting_present(self) -> list[Seat]:
        """Whom one oral act would list."""
        return [seat for seat in self.members if seat.counts and seat.here and not seat.recused]

    @property
    def pips(self) -> list[str]:
        """One mark per member who is due: here, recused, away; the quorum's place is marked too."""
        due = [seat for seat in self.members if seat.counts]
        recused = sum(seat.here and seat.recused is not None for seat in due)
        here = sum(seat.here for seat in due) - recused
        marks = ["here"] * here + ["recused"] * recused + ["away"] * (len(due) - here - recused)
        needed = self.verdict.needed if self.verdict else 0
        return [f"{mark} quorum" if place == needed else mark for place, mark in enumerate(marks, start=1)]


def load_board(sitting: Sitting, chosen: int | None = None, people: frozenset[int] = frozenset()) -> Board:
    """`chosen`: id of the entry to show; else the one that is being dealt with, else the first that waits.

    `people`: who reads it; of an entry from which they are recused nothing is looked up but its number.
    """
    meeting = sitting.meeting
    programme = load_programme(meeting)
    selected = _selected(programme.lines, chosen)
    closed = selected is not None and selected.is_closed_to(people)
    entry = selected.entry if selected else None
    shown = None if closed else entry
    notes, recused = _notes(meeting, shown)
    due = list(sitting.due_members.all())
    visits = visits_of(meeting.pk)
    present = {person for person, rows in visits.items() if rows[-1].kind == Attendance.Kind.ARRIVE}
    leaves = leaves_of(standing_replies(meeting, MeetingNotice.objects.filter(meeting=meeting).order_by("no")))
    rules = lines_of(sitting.rule_set, meeting.body.kind)
    here_recused = recused[entry.pk] if entry else {}
    room = room_of(due, present, here_recused)
    rule = line_for(rules, selected.natures) if selected else opening_line(rules)
    asked = asked_of(shown)
    open_round = next((one.open_round for one in asked if one.open_round and not one.is_secret), None)
    matters = _matters(meeting)
    return Board(
        sitting=sitting,
        programme=programme,
        members=member_seats(due, visits, leaves, here_recused),
        called=called_seats(
            meeting, programme, [selected] if selected and shown else [], visits, {member.person_id for member in due}
        ),
        agenda=agenda_rows(programme, selected, due, present, recused, rules, matters, people),
        selected=selected,
        closed=closed,
        notes=notes,
        asked=asked,
        ballot=BallotView(ballot_of(open_round), present) if open_round else None,
        secret=_secret_ballots(shown, rule),
        matters=matters[shown.pk] if shown else [],
        verdict=quorum(rule, room, Act.DELIBERATE) if rule else None,
        room=room,
        rule=rule,
        now=clock.now(),
        speaking=speaking_of(sitting.chair_id, notes, due, present, here_recused) if _discusses(shown, rule) else None,
    )


def _discusses(entry: AgendaEntry | None, rule: VotingRule | None) -> bool:
    """Whether members state themselves: on what is decided, while it is being dealt with."""
    return bool(entry and rule and entry.handling in DECIDING and entry.state == EntryState.DISCUSSING)


def _secret_ballots(entry: AgendaEntry | None, rule: VotingRule | None) -> list[Ballot]:
    """In their order; where the rule knows no 无记名 there are none, and nothing is asked."""
    if entry is None or rule is None or Round.Form.SECRET not in rule.forms:
        return []
    return list(Ballot.objects.filter(entry=entry))


def _selected(lines: list[Line], chosen: int | None) -> Line | None:
    by_id = {line.entry.pk: line for line in lines}
    if chosen in by_id:
        return by_id[chosen]
    for state in (EntryState.DISCUSSING, EntryState.PENDING):
        if found := next((line for line in lines if line.entry.state == state), None):
            return found
    return lines[-1] if lines else None


def _notes(meeting: Meeting, entry: AgendaEntry | None) -> tuple[list[EntryNote], dict[int, dict[int, int]]]:
    """The standing lines of the entry, and per entry who is recused by which line; one query."""
    standing = (
        EntryNote.objects.filter(Q(entry=entry) | Q(kind=EntryNote.Kind.RECUSAL), entry__meeting=meeting)
        .annotate(newer=F("corrected_by__pk"))
        .filter(newer__isnull=True)
    )
    lines: list[EntryNote] = []
    recused: dict[int, dict[int, int]] = defaultdict(dict)
    for note in standing:
        if entry is not None and note.entry_id == entry.pk:
            lines.append(note)
        if note.kind == EntryNote.Kind.RECUSAL and note.person_id:
            recused[note.entry_id][note.person_id] = note.pk
    return lines, recused


def _matters(meeting: Meeting) -> dict[int, list[DecidedMatter]]:
    """What was decided so far, by entry."""
    found: dict[int, list[DecidedMatter]] = defaultdict(list)
    rows = DecidedMatter.objects.current().filter(decision__entry__meeting=meeting)
    for matter in rows.select_related("decision", "leader", "lead_unit").order_by("position"):
        found[matter.decision.entry_id].append(matter)
    return found
