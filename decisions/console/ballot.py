"""An open vote as the console shows it."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from decisions.rules.tally import Count, Verdict, Wording
from decisions.votes.models import Round, RoundMember
from decisions.votes.questions import Ballot, choices_for

TONES = {"approve": "good", "oppose": "bad", "abstain": "", "deferred": "", "not_voted": "soft"}


@dataclass(frozen=True)
class BallotView:
    """The figures, the sentence as it stands, and the names with what is entered. `present`: who is in the room."""

    ballot: Ballot
    present: Collection[int]

    @property
    def round(self) -> Round:
        return self.ballot.round

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        return choices_for(self.round.rule)

    @cached_property
    def count(self) -> Count:
        return self.ballot.count

    @cached_property
    def standing(self) -> Verdict:
        """How it stands; 通过 is not said before the result is announced."""
        return self.ballot.verdict(closed=False)

    @property
    def figures(self) -> list[tuple[str, int, str]]:
        """(word, number, tone)."""
        fields = [*(value for value, _ in self.choices), "not_voted"]
        words = {**dict(self.choices), "not_voted": Wording.ORDINARY.labels["not_voted"]}
        return [(words[field], getattr(self.count, field), TONES[field]) for field in fields]

    @cached_property
    def waiting(self) -> list[RoundMember]:
        return self.ballot.waiting

    @cached_property
    def rest(self) -> list[RoundMember]:
        """Not entered yet and in the room: 「其余」."""
        return [member for member in self.waiting if member.person_id in self.present]

    @property
    def next(self) -> RoundMember | None:
        """Whom the keys 1, 2, 3 enter."""
        return self.rest[0] if self.rest else None

    @property
    def rows(self) -> list[tuple[RoundMember, str, str, bool]]:
        """Everybody due, his number in words, what is entered, and whether he has left since the round opened."""
        votes = self.ballot.votes
        return [
            (
                member,
                str(member.person_id),
                votes[member.person_id].choice if member.person_id in votes else "",
                member.present and member.person_id not in self.present,
            )
            for member in self.ballot.members
        ]

    @property
    def hands(self) -> list[tuple[str, str, int | None]]:
        """(field, word, number entered)."""
        return [(field, word, getattr(self.ballot.hands, field, None)) for field, word in self.choices]

    @property
    def most(self) -> int:
        return len(self.ballot.entitled)

    @property
    def why_not(self) -> str:
        """Why the result cannot be announced yet."""
        if self.round.form == Round.Form.SHOW_OF_HANDS:
            return "" if self.ballot.hands else "请先登记举手人数。"
        left = "已离席的请登记为未表决。" if len(self.rest) < len(self.waiting) else ""
        return f"还有 {len(self.waiting)} 人没有登记。{left}" if self.waiting else ""
