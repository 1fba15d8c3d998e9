"""An open vote as the console shows it."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from decisions.rules.tally import Count, Verdict, Wording
from decisions.votes.models import Round, RoundMember
from decisions.votes.questions import Ballot, choices_for

LINE = '<li{}><span class="ballot-name">{}{}</span>{}</li>'
PICK = (
    '<button class="pick pick--{choice}" name="vote" value="{person}:{choice}:{now}" id="vote-{person}-{choice}"'
    ' aria-pressed="{pressed}" aria-label="{name}{word}"{key}{disabled}>{word}</button>'
)
GONE, NEXT = SafeString(' <span class="soft">已离席</span>'), SafeString(' class="is-next"')
DISABLED = SafeString(" disabled")
NOT_VOTED = ("not_voted", "未表决")
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
    def lines(self) -> SafeString:
        """Everybody due, in a list: it is drawn anew with every vote, and a template took as long as ten queries."""
        return format_html_join("\n", "{}", ((self._line(member),) for member in self.ballot.members))

    def _line(self, member: RoundMember) -> SafeString:
        """The name, and what may be entered or why nothing; whether he has left since the round opened."""
        if not member.entitled:
            why = "回避" if member.recused else "未到会"
            return format_html(LINE, "", member.name, "", format_html('<span class="soft">{}</span>', why))
        gone = member.present and member.person_id not in self.present
        marks = GONE if gone else ""
        picks = format_html('<span class="ballot-picks">{}</span>', self._picks(member, gone))
        is_next = NEXT if member == self.next else ""
        return format_html(LINE, is_next, member.name, marks, picks)

    def _picks(self, member: RoundMember, gone: bool) -> SafeString:
        """A button for each choice; it says whom it enters, what, and what is entered now."""
        vote = self.ballot.votes.get(member.person_id)
        now = vote.choice if vote else ""
        keys = member == self.next
        words = [*self.choices, NOT_VOTED]
        return format_html_join(
            "",
            PICK,
            (
                {
                    "choice": choice,
                    "person": member.person_id,
                    "now": now,
                    "pressed": "true" if choice == now else "false",
                    "name": member.name,
                    "word": word,
                    "key": format_html(' data-key="{}"', key) if keys and choice != "not_voted" else "",
                    "disabled": DISABLED if gone and choice != "not_voted" else "",
                }
                for key, (choice, word) in enumerate(words, 1)
            ),
        )

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
