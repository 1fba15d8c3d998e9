"""What a meeting in session is to one person: what he sees of it, his state, what he may say and vote on."""

from dataclasses import dataclass

from agenda.meetings.programme import Line, Paper
from agenda.meetings.sight import Sight
from committee.roles.posts import own_persons
from common.identity.actor import Actor
from common.services import why_in_person
from decisions.floor.now import Heading, Now
from decisions.hall.models import DueMember, EntryNote
from decisions.rules.tally import Wording
from decisions.votes.models import Round, RoundMember, RoundResult, Vote
from decisions.votes.questions import choices_for


@dataclass(frozen=True)
class Mine:
    """`sight`: how much of the agenda is open to him (agenda/meetings/sight.py)."""

    now: Now
    sight: Sight
    actor: Actor

    @property
    def me(self) -> int:
        return self.actor.person.pk

    @property
    def due(self) -> DueMember | None:
        return next((member for member in self.now.due if member.person_id == self.me), None)

    @property
    def line(self) -> Line | None:
        """What is being dealt with, where it is his to know."""
        return self._own(self.now.line)

    @property
    def current(self) -> Heading | None:
        return self.now.heading(self.line) if self.line else None

    @property
    def following(self) -> Heading | None:
        """What comes next of what he sees."""
        waiting = [line for line in self.sight.lines if line.entry.state == "pending"]
        return self.now.heading(waiting[0]) if waiting else None

    @property
    def closed(self) -> bool:
        """Recused: neither papers nor floor nor vote."""
        return self.line is not None and (
            self.me in self.now.recused or self.line.is_closed_to(own_persons(self.actor))
        )

    @property
    def papers(self) -> list[Paper]:
        return self.line.papers if self.line and not self.closed else []

    @property
    def here(self) -> bool:
        return self.me in self.now.present

    @property
    def state(self) -> tuple[str, str]:
        """(words, tone): 回避, 到会, 已离席, 未签到."""
        if self.closed:
            return "本项回避", "bad"
        if self.here:
            return "到会", "good"
        return ("已离席", "wait") if self.me in self.now.visits else ("未签到", "wait")

    @property
    def why_not(self) -> str:
        """Why a delegate's login neither states nor votes."""
        return why_in_person(self.actor, "表态和表决")

    # 逐一表态

    @property
    def states(self) -> bool:
        """Is he among those who state themselves now, before the vote?"""
        speaking = self.now.speaking
        if speaking is None or self.now.round is not None or self.now.settled:
            return False
        return any(one.person_id == self.me for one in speaking.members)

    @property
    def stance(self) -> EntryNote | None:
        return self.now.speaking.stances.get(self.me) if self.now.speaking else None

    @property
    def stances(self) -> list[tuple[str, str]]:
        return EntryNote.Stance.choices

    @property
    def waits(self) -> str:
        """The chair states himself last; the sentence while others are still to be heard."""
        speaking, rule = self.now.speaking, self.now.rule
        if speaking is None or rule is None or self.me != speaking.chair_id or not rule.chair_last:
            return ""
        return f"主持人末位表态，还有 {len(speaking.waiting)} 人没有表态。" if speaking.waiting else ""

    # 表决

    @property
    def round(self) -> Round | None:
        """The vote under way, where he sits among those who vote and is not recused."""
        return self.now.round if self.due and self.line and not self.closed else None

    @property
    def seat(self) -> RoundMember | None:
        members = self.now.ballot.members if self.now.ballot else []
        return next((member for member in members if member.person_id == self.me), None)

    @property
    def votes(self) -> bool:
        """May he press now: a vote by name, entitled when it opened, in the room."""
        named = self.round is not None and self.round.form == Round.Form.RECORDED
        return bool(named and self.seat and self.seat.entitled and self.here)

    @property
    def vote(self) -> Vote | None:
        return self.now.ballot.votes.get(self.me) if self.now.ballot else None

    @property
    def vote_words(self) -> str:
        words = Wording.ORDINARY.labels | dict(self.choices)
        return words[self.vote.choice] if self.vote else ""

    @property
    def choices(self) -> list[tuple[str, str]]:
        return choices_for(self.round.rule) if self.round else []

    @property
    def results(self) -> list[tuple[str, RoundResult]]:
        """What was announced; the words of a cadre matter's questions for those who vote on it alone."""
        if self.line is None or self.closed:
            return []
        hidden = self.line.cadre and not self.due
        return [("" if hidden else question.text, result) for question, result in self.now.results]

    def _own(self, line: Line | None) -> Line | None:
        if line is None:
            return None
        return next((one for one in self.sight.lines if one.entry.pk == line.entry.pk), None)
