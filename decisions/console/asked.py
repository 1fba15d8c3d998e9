"""The questions of an entry as the console shows them: with their rounds, and what they came to."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from agenda.meetings.models import AgendaEntry
from decisions.votes.models import Question, Round, RoundResult
from decisions.votes.workflow import RoundState


@dataclass(frozen=True)
class Asked:
    """A question with its rounds: what is voted on now, or what it came to."""

    question: Question
    rounds: list[Round] = field(default_factory=list)

    @cached_property
    def open_round(self) -> Round | None:
        return next((round_ for round_ in self.rounds if round_.state == RoundState.OPEN), None)

    @cached_property
    def closed(self) -> Round | None:
        """The round that counts."""
        return next((round_ for round_ in reversed(self.rounds) if round_.state == RoundState.CLOSED), None)

    @property
    def is_secret(self) -> bool:
        """Voted on by a secret ballot now; its page is another."""
        return self.open_round is not None and self.open_round.form == Round.Form.SECRET

    @property
    def result(self) -> RoundResult | None:
        return self.closed.result if self.closed else None


def asked_of(entry: AgendaEntry | None) -> list[Asked]:
    """The standing questions with their rounds; two queries."""
    if entry is None:
        return []
    rounds: dict[int, list[Round]] = defaultdict(list)
    for round_ in Round.objects.filter(question__entry=entry).select_related("result", "rule").order_by("no"):
        rounds[round_.question_id].append(round_)
    questions = Question.objects.filter(entry=entry, dropped_at__isnull=True)
    return [Asked(question, rounds[question.pk]) for question in questions]
