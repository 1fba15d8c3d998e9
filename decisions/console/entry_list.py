"""The agenda at the left of the console: each entry with its state, its minutes used, and whether enough are there."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from agenda.meetings.models import AgendaEntry, EntryChange, Meeting
from agenda.meetings.programme import Line, Programme
from agenda.meetings.workflow import EntryState
from common import clock
from common.web.formats import cn_number
from decisions.hall.models import DueMember
from decisions.hall.questions import quorum, room_of
from decisions.outcomes.models import DecidedMatter
from decisions.rules.counting import line_for
from decisions.rules.models import VotingRule
from decisions.rules.tally import Act, Verdict

TONES = {
    EntryState.PENDING: "neutral",
    EntryState.DISCUSSING: "info",
    EntryState.DECIDED: "good",
    EntryState.HEARD: "good",
    EntryState.DEFERRED: "wait",
}


@dataclass(frozen=True)
class Agenda:
    """One entry in the list at the left."""

    entry: AgendaEntry
    number: int
    current: bool
    used: int
    words: str
    short: bool
    closed: bool = False

    @property
    def numeral(self) -> str:
        return cn_number(self.number)

    @property
    def title(self) -> str:
        """What a clerk who is recused from it does not read."""
        return "回避" if self.closed else self.entry.title

    @property
    def tone(self) -> str:
        if self.closed:
            return "neutral"
        return "bad" if self.short else TONES[EntryState(self.entry.state)]


def agenda_rows(
    programme: Programme,
    selected: Line | None,
    due: list[DueMember],
    present: Collection[int],
    recused: Mapping[int, Collection[int]],
    rules: Sequence[VotingRule],
    matters: Mapping[int, list[DecidedMatter]],
    people: Collection[int],
) -> list[Agenda]:
    """All entries in their order; one query. `people`: who reads it, for the entries that are closed to them."""
    used, reasons = _lives(programme.meeting)
    rows = []
    for line in programme.lines:
        entry = line.entry
        if line.is_closed_to(people):
            words = f"您已回避，{entry.get_state_display()}"
            rows.append(Agenda(entry, line.number, line is selected, 0, words, short=False, closed=True))
            continue
        rule = line_for(rules, line.natures)
        verdict = quorum(rule, room_of(due, present, recused.get(entry.pk, ())), Act.DELIBERATE) if rule else None
        short = entry.state == EntryState.PENDING and verdict is not None and not verdict.met
        words = _words(
            entry, used[entry.pk], verdict if short else None, matters.get(entry.pk, []), reasons.get(entry.pk, "")
        )
        rows.append(Agenda(entry, line.number, line is selected, used[entry.pk], words, short))
    return rows


def _words(entry: AgendaEntry, used: int, short: Verdict | None, matters: Iterable[DecidedMatter], reason: str) -> str:
    """What stands under an entry's title."""
    if entry.state == EntryState.DISCUSSING:
        return f"审议中，已用 {used} / {entry.minutes} 分钟"
    if entry.state == EntryState.DECIDED:
        outcomes = "、".join(dict.fromkeys(matter.get_outcome_display() for matter in matters))
        return f"{outcomes}，用时 {used} 分钟"
    if entry.state == EntryState.DEFERRED:
        return f"缓议：{reason}"
    if entry.state == EntryState.HEARD:
        return f"已听取，用时 {used} 分钟"
    return f"到会须 {short.needed}，还差 {short.missing}" if short else f"{entry.minutes} 分钟"


def _lives(meeting: Meeting) -> tuple[dict[int, int], dict[int, str]]:
    """Minutes each entry has been dealt with, and why it was deferred; from the changes, in one query."""
    seconds: dict[int, float] = defaultdict(float)
    begun: dict[int, datetime] = {}
    reasons: dict[int, str] = {}
    for change in EntryChange.objects.filter(subject__meeting=meeting).order_by("pk"):
        if change.verb == "begin":
            begun[change.subject_id] = change.at
        elif change.subject_id in begun:
            seconds[change.subject_id] += (change.at - begun.pop(change.subject_id)).total_seconds()
        if change.verb == "defer":
            reasons[change.subject_id] = change.reason
    for entry, at in begun.items():
        seconds[entry] += (clock.now() - at).total_seconds()
    return defaultdict(int, {entry: int(spent // 60) for entry, spent in seconds.items()}), reasons
