"""What a meeting left behind, read in a constant number of queries: the 纪要 is drafted from it."""

from collections import defaultdict
from dataclasses import dataclass, field

from agenda.meetings.models import AgendaEntry, EntryChange, Meeting, MeetingNotice, Reply
from agenda.meetings.programme import Called, Line, load_programme
from agenda.meetings.questions import standing_replies
from committee.roles.models import UNIT_ROLES, RoleAssignment
from committee.units.models import Unit
from common.identity.models import Person
from decisions.hall.models import Attendance, DueMember, EntryNote, Sitting
from decisions.hall.questions import visits_in_session
from decisions.outcomes.models import DecidedMatter, Decision
from decisions.votes.models import Choice, Round, RoundMember, RoundResult, Vote
from decisions.votes.workflow import RoundState


@dataclass
class EntryRecord:
    """One entry with everything that happened on it. `results` and `votes` by question; the newest vote counts.

    `recused`: name → who brought it up and why, as the votes were taken without them; where there was no vote, as the
    record says.
    """

    line: Line
    notes: list[EntryNote] = field(default_factory=list)
    results: dict[int, RoundResult] = field(default_factory=dict)
    votes: dict[int, list[Vote]] = field(default_factory=lambda: defaultdict(list))
    recused: dict[str, str] = field(default_factory=dict)
    decision: Decision | None = None
    matters: list[DecidedMatter] = field(default_factory=list)
    deferral: str = ""

    @property
    def entry(self) -> AgendaEntry:
        return self.line.entry

    def said(self, kind: str) -> list[EntryNote]:
        """Lines of a kind that were not corrected, in order."""
        return [note for note in self.notes if note.kind == kind]


@dataclass
class MeetingRecords:
    """The whole meeting. `visits`: per person who was there his comings and goings; `units_of` those who attended;
    `posts`: of members and of those who reported, by name.
    """

    meeting: Meeting
    sitting: Sitting
    due: list[DueMember]
    visits: dict[int, list[Attendance]]
    replies: dict[int, Reply]
    entries: list[EntryRecord]
    standing: list[Called]
    units_of: dict[int, set[int]]
    posts: dict[str, str]

    @property
    def came(self) -> list[Person]:
        """Everybody who was there, in order of post."""
        people = [events[0].person for events in self.visits.values()]
        return sorted(people, key=lambda person: (person.rank_order, person.pk))


def load_records(meeting: Meeting) -> MeetingRecords:
    """Everything of a closed meeting; some twenty queries, whatever its length. `meeting` comes with its names."""
    sitting = Sitting.objects.select_related("chair").get(meeting=meeting)
    visits = visits_in_session(sitting)
    programme = load_programme(meeting)
    records = {line.entry.pk: EntryRecord(line) for line in programme.lines}
    _add_notes(meeting, records)
    _add_votes(meeting, records)
    _add_decisions(meeting, records)
    for change in EntryChange.objects.filter(subject__in=records, verb="defer"):
        records[change.subject_id].deferral = change.reason
    due = list(DueMember.objects.filter(sitting=sitting))
    return MeetingRecords(
        meeting=meeting,
        sitting=sitting,
        due=due,
        visits=visits,
        replies=standing_replies(meeting, MeetingNotice.objects.filter(meeting=meeting).order_by("no")),
        entries=list(records.values()),
        standing=programme.standing,
        units_of=_units_of(meeting, visits),
        posts=_posts(records) | {one.name: one.post for one in due},
    )


def _add_notes(meeting: Meeting, records: dict[int, EntryRecord]) -> None:
    notes = EntryNote.objects.filter(entry__meeting=meeting, corrected_by__isnull=True)
    for note in notes.select_related("person").order_by("pk"):
        if note.entry_id in records:
            records[note.entry_id].notes.append(note)
    for record in records.values():
        said = record.said(EntryNote.Kind.RECUSAL)
        record.recused = {note.speaker: f"{note.get_basis_display()}，{note.text}" for note in said}


def _add_votes(meeting: Meeting, records: dict[int, EntryRecord]) -> None:
    """The result of each question's last closed round, who was recused, and who by name did not agree to it."""
    results = RoundResult.objects.filter(
        round__question__entry__meeting=meeting,
        round__question__dropped_at__isnull=True,
        round__state=RoundState.CLOSED,
    ).select_related("round__question")
    for result in results.order_by("round__question__position", "round__no"):
        records[result.round.question.entry_id].results[result.round.question_id] = result
    last = {r.round_id: r.round for record in records.values() for r in record.results.values()}
    members = list(RoundMember.objects.filter(round__in=last))
    ranks = {member.person_id: member.rank_order for member in members}
    for record in records.values():
        if rounds := {result.round_id for result in record.results.values()}:
            out = [member.name for member in members if member.recused and member.round_id in rounds]
            record.recused = {name: record.recused.get(name, "") for name in out}
    votes = Vote.objects.filter(round__in=last, corrected_by__isnull=True, round__form=Round.Form.RECORDED)
    differing = votes.exclude(choice__in=[Choice.APPROVE, Choice.NOT_VOTED]).select_related("person")
    for vote in sorted(differing, key=lambda vote: ranks.get(vote.person_id, 0)):
        question = last[vote.round_id].question
        records[question.entry_id].votes[question.pk].append(vote)


def _add_decisions(meeting: Meeting, records: dict[int, EntryRecord]) -> None:
    decisions = Decision.objects.filter(entry__meeting=meeting, superseded_by__isnull=True)
    by_id = {decision.pk: records[decision.entry_id] for decision in decisions if decision.entry_id in records}
    for decision in decisions:
        records[decision.entry_id].decision = decision
    matters = DecidedMatter.objects.filter(decision__in=by_id).select_related("leader", "lead_unit")
    for matter in matters.prefetch_related("co_units__unit").order_by("decision_id", "position"):
        by_id[matter.decision_id].matters.append(matter)


def _units_of(meeting: Meeting, visits: dict[int, list[Attendance]]) -> dict[int, set[int]]:
    """For which units those who came in worked on the day."""
    guests = [person for person, events in visits.items() if not events[0].member]
    roles = RoleAssignment.objects.on(meeting.day).filter(person__in=guests, role__in=UNIT_ROLES)
    found: dict[int, set[int]] = defaultdict(set)
    for person, unit in roles.values_list("person_id", "unit_id"):
        if unit:
            found[person].add(unit)
    return found


def _posts(records: dict[int, EntryRecord]) -> dict[str, str]:
    """Posts of those who reported; a name that two people bear stands without one."""
    names = {one.entry.presenter for one in records.values()} | {
        note.speaker for one in records.values() for note in one.said(EntryNote.Kind.REPORT)
    }
    found: dict[str, list[str]] = defaultdict(list)
    for name, post in Person.objects.current().filter(name__in=names).values_list("name", "post_title"):
        found[name].append(post)
    return {name: posts[0] for name, posts in found.items() if len(posts) == 1}


def units_on(meeting: Meeting) -> dict[str, Unit]:
    """Units in their order by the short name they had on the meeting's day."""
    return {unit.short_name: unit for unit in Unit.objects.on(meeting.day).in_order()}
