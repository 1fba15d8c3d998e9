"""What a meeting in session is at: the entry being dealt with, the vote under way, what it came to; for its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from agenda.meetings.models import Meeting
from agenda.meetings.programme import CADRE_TITLE, Line, Programme
from agenda.meetings.workflow import EntryState
from agenda.rules.models import DECIDING
from common import clock
from decisions.hall.lives import lives_of
from decisions.hall.models import Attendance, DueMember, EntryNote, Sitting
from decisions.hall.questions import lines_of, quorum, room_of, visits_of
from decisions.hall.speaking import Speaking, speaking_of
from decisions.rules.counting import line_for, opening_line
from decisions.rules.models import VotingRule
from decisions.rules.tally import Act, Room, Verdict
from decisions.votes.models import Choice, Question, Round, RoundResult
from decisions.votes.questions import Ballot, ballot_of
from decisions.votes.workflow import RoundState

UNSETTLED = (EntryState.PENDING, EntryState.DISCUSSING)


@dataclass(frozen=True)
class Heading:
    """An entry as everybody in the room reads it: of a cadre matter 干部任免事项 and nothing else (rules.md §4)."""

    number: int
    title: str
    presenter: str
    minutes: int
    used: int

    @property
    def over(self) -> bool:
        return self.used > self.minutes


@dataclass
class Now:
    """The room at this moment. `line`: what is being dealt with; `upcoming`: the first that waits."""

    sitting: Sitting
    programme: Programme
    line: Line | None
    upcoming: Line | None
    used: dict[int, int]
    due: list[DueMember]
    visits: dict[int, list[Attendance]]
    notes: list[EntryNote]
    room: Room
    rule: VotingRule | None
    questions: list[Question]
    rounds: list[Round]
    now: datetime

    @property
    def meeting(self) -> Meeting:
        return self.sitting.meeting

    @cached_property
    def verdict(self) -> Verdict | None:
        return quorum(self.rule, self.room, Act.DELIBERATE) if self.rule else None

    @cached_property
    def present(self) -> set[int]:
        return {person for person, rows in self.visits.items() if rows[-1].kind == Attendance.Kind.ARRIVE}

    @property
    def here(self) -> int:
        """Counted members in the room, the recused among them."""
        return sum(member.counts and member.person_id in self.present for member in self.due)

    @cached_property
    def recused(self) -> set[int]:
        lines = (note for note in self.notes if note.kind == EntryNote.Kind.RECUSAL)
        return {note.person_id for note in lines if note.person_id}

    @property
    def deciding(self) -> bool:
        return self.line is not None and self.line.entry.handling in DECIDING

    @cached_property
    def speaking(self) -> Speaking | None:
        """Who states himself: on what is decided, while it is being dealt with."""
        if not self.deciding or self.rule is None:
            return None
        return speaking_of(self.sitting.chair_id, self.notes, self.due, self.present, self.recused)

    @property
    def round(self) -> Round | None:
        """The vote under way."""
        return next((round_ for round_ in self.rounds if round_.state == RoundState.OPEN), None)

    @cached_property
    def ballot(self) -> Ballot | None:
        return ballot_of(self.round) if self.round else None

    @property
    def voted(self) -> int:
        """How many have voted, whatever they said."""
        votes = self.ballot.votes.values() if self.ballot else ()
        return sum(vote.choice != Choice.NOT_VOTED for vote in votes)

    @property
    def results(self) -> list[tuple[Question, RoundResult]]:
        """What was announced, question by question: of each the last round that counts."""
        closed = {one.question_id: one.result for one in self.rounds if one.state == RoundState.CLOSED}
        return [(question, closed[question.pk]) for question in self.questions if question.pk in closed]

    @property
    def settled(self) -> bool:
        """Every question has its result: nothing is left to state or to vote on."""
        return bool(self.questions) and len(self.results) == len(self.questions) and self.round is None

    def heading(self, line: Line) -> Heading:
        entry = line.entry
        used = self.used[entry.pk]
        if line.cadre:
            return Heading(line.number, CADRE_TITLE, "", entry.minutes, used)
        return Heading(line.number, entry.title, entry.presenter, entry.minutes, used)

    @property
    def current(self) -> Heading | None:
        return self.heading(self.line) if self.line else None

    @property
    def following(self) -> Heading | None:
        return self.heading(self.upcoming) if self.upcoming else None


def load_now(sitting: Sitting, programme: Programme) -> Now:
    """A constant number of queries, whatever the number of entries, members and votes."""
    meeting = sitting.meeting
    line = _first(programme.lines, EntryState.DISCUSSING)
    due, visits = list(sitting.due_members.all()), visits_of(meeting.pk)
    rules = lines_of(sitting.rule_set, meeting.body.kind)
    entry = line.entry if line else None
    rounds = Round.objects.filter(question__entry=entry)
    found = Now(
        sitting=sitting,
        programme=programme,
        line=line,
        upcoming=_first(programme.lines, EntryState.PENDING),
        used=lives_of(meeting)[0],
        due=due,
        visits=visits,
        notes=list(EntryNote.objects.filter(entry=entry, corrected_by__isnull=True)),
        room=room_of(due, ()),
        rule=line_for(rules, line.natures) if line else opening_line(rules),
        questions=list(Question.objects.filter(entry=entry, dropped_at__isnull=True)),
        rounds=list(rounds.select_related("result", "rule", "question__entry").order_by("no")),
        now=clock.now(),
    )
    found.room = room_of(due, found.present, found.recused)
    return found


def _first(lines: Sequence[Line], state: str) -> Line | None:
    return next((line for line in lines if line.entry.state == state), None)
