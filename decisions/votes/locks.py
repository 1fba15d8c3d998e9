"""Row locks of questions and rounds, behind those of the meeting and the entry (decisions/hall/session.py)."""

from agenda.meetings.models import AgendaEntry
from agenda.meetings.workflow import EntryState
from common.identity.actor import Actor
from common.services import Refused
from decisions.hall.models import Sitting
from decisions.hall.session import lock_entry
from decisions.votes.models import Question, Round
from decisions.votes.workflow import RoundState


def lock_entry_of(*, actor: Actor, question: Question) -> AgendaEntry:
    """The entry of a question, whatever its state."""
    return lock_entry(actor=actor, entry=question.entry)[1]


def lock_question(*, actor: Actor, question: Question) -> tuple[Sitting, AgendaEntry, Question]:
    """A question of an entry that is being dealt with."""
    sitting, entry = lock_entry(actor=actor, entry=question.entry)
    if entry.state != EntryState.DISCUSSING:
        raise Refused(f"「{entry}」现在是「{entry.get_state_display()}」，只有审议中的才能表决。")
    locked = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    locked.entry = entry
    return sitting, entry, locked


def lock_open_round(*, actor: Actor, round_: Round) -> tuple[Sitting, Round]:
    """A round that is still open, with the rows above it locked: for what ends it."""
    sitting, _, question = lock_question(actor=actor, question=round_.question)
    locked = Round.objects.select_for_update(of=("self",)).select_related("rule").get(pk=round_.pk)
    locked.question, locked.sitting = question, sitting
    demand_open(locked)
    return sitting, locked


def demand_open(round_: Round) -> None:
    """Votes are entered and taken back only while the round is open."""
    if round_.state != RoundState.OPEN:
        raise Refused(f"这一轮表决{round_.get_state_display()}，不能再改。")


def open_round_of(entry: AgendaEntry) -> Round | None:
    """The round that is being voted on in this entry, if any."""
    return Round.objects.filter(question__entry=entry, state=RoundState.OPEN).first()
