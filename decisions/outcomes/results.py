"""What came of a meeting, entry by entry, as far as one may see it; a constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass

from agenda.meetings.models import EntryChange
from agenda.meetings.programme import Line, load_programme
from agenda.meetings.sight import sight_of
from agenda.meetings.workflow import EntryState
from common.identity.actor import Actor
from common.web.formats import cn_number
from decisions.hall.models import DueMember, Sitting
from decisions.hall.questions import visits_in_session
from decisions.outcomes.chain import Voted, votes_on
from decisions.outcomes.models import DecidedMatter
from decisions.outcomes.policies import may_see_votes

TONES = {
    EntryState.PENDING: "neutral",
    EntryState.DISCUSSING: "info",
    EntryState.DECIDED: "good",
    EntryState.HEARD: "good",
    EntryState.DEFERRED: "wait",
}


@dataclass(frozen=True)
class EntryResult:
    """One entry with what was decided, each matter with its vote."""

    line: Line
    matters: list[tuple[DecidedMatter, Voted | None]]
    reason: str

    @property
    def numeral(self) -> str:
        return cn_number(self.line.number)

    @property
    def tone(self) -> str:
        return TONES[EntryState(self.line.entry.state)]


@dataclass(frozen=True)
class Results:
    """`whole`: this person sees all entries, and who was there."""

    sitting: Sitting
    entries: list[EntryResult]
    due: list[DueMember]
    came_ids: set[int]
    whole: bool

    @property
    def counted(self) -> list[DueMember]:
        return [member for member in self.due if member.counts]

    @property
    def came(self) -> list[DueMember]:
        """Members who were there, for a part at least."""
        return [member for member in self.counted if member.person_id in self.came_ids]

    @property
    def away(self) -> list[DueMember]:
        return [member for member in self.counted if member.person_id not in self.came_ids]


def load_results(actor: Actor, sitting: Sitting, matters: list[DecidedMatter]) -> Results:
    """`matters`: those this person may see. Entries without one are shown to those who see the whole agenda."""
    meeting = sitting.meeting
    programme = load_programme(meeting)
    sight = sight_of(actor, programme)
    votes = votes_on(matters, by_name=may_see_votes(actor, meeting.body.kind))
    by_entry: dict[int, list[DecidedMatter]] = defaultdict(list)
    for matter in matters:
        by_entry[matter.decision.entry_id].append(matter)
    reasons = dict(
        EntryChange.objects.filter(subject__meeting=meeting, verb="defer").values_list("subject_id", "reason")
    )
    called = {line.entry.pk for line in sight.lines} | by_entry.keys()
    shown = [line for line in programme.lines if sight.whole or line.entry.pk in called]
    return Results(
        sitting=sitting,
        entries=[
            EntryResult(
                line,
                [(matter, votes.get(matter.question_id or 0)) for matter in by_entry[line.entry.pk]],
                reasons.get(line.entry.pk, ""),
            )
            for line in shown
        ],
        due=list(sitting.due_members.all()) if sight.whole else [],
        came_ids=set(visits_in_session(sitting)) if sight.whole else set(),
        whole=sight.whole,
    )
