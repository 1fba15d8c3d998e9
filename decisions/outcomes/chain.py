"""From a decision back to what carried it: the items, each vote with its rule, and the sentence of the count."""

from collections import defaultdict
from dataclasses import dataclass, field

from agenda.meetings.models import EntryItem
from decisions.outcomes.models import DecidedMatter
from decisions.rules.tally import Wording
from decisions.votes.models import Round, RoundMember, Vote
from decisions.votes.questions import FIELDS, choices_for
from decisions.votes.workflow import RoundState

WORDS = {"not_voted": "未表决"}


@dataclass(frozen=True)
class Voted:
    """A closed round as it is read: figures, the sentence, the rule set and its day, and who said what."""

    round: Round
    figures: list[tuple[str, int]]
    names: list[tuple[RoundMember, str]] = field(default_factory=list)


def votes_on(matters: list[DecidedMatter], *, by_name: bool) -> dict[int, Voted]:
    """Per question the round that counts; three queries at most. `by_name`: with what each member said."""
    questions = [matter.question_id for matter in matters if matter.question_id]
    rounds = Round.objects.filter(question__in=questions, state=RoundState.CLOSED).select_related(
        "result", "rule__rule_set"
    )
    last = {round_.question_id: round_ for round_ in rounds.order_by("no")}
    names = _names(list(last.values())) if by_name else {}
    return {question: Voted(round_, _figures(round_), names.get(round_.pk, [])) for question, round_ in last.items()}


def _figures(round_: Round) -> list[tuple[str, int]]:
    result = round_.result
    known = dict(choices_for(round_.rule))
    words = known | {field: word for field, word in Wording.ORDINARY.labels.items() if field not in known}
    shown = [(word, getattr(result, value)) for value, word in words.items() if value in (*FIELDS, "invalid")]
    shown = [(word, number) for word, number in shown if number or word in known.values()]
    rest = result.present - sum(getattr(result, value) for value in (*FIELDS, "invalid"))
    return [*shown, (WORDS["not_voted"], rest)] if rest else shown


def _names(rounds: list[Round]) -> dict[int, list[tuple[RoundMember, str]]]:
    votes = {
        (vote.round_id, vote.person_id): vote.choice
        for vote in Vote.objects.filter(round__in=rounds, corrected_by__isnull=True)
    }
    words = {round_.pk: WORDS | dict(choices_for(round_.rule)) for round_ in rounds}
    found: dict[int, list[tuple[RoundMember, str]]] = defaultdict(list)
    for member in RoundMember.objects.filter(round__in=rounds):
        choice = votes.get((member.round_id, member.person_id))
        found[member.round_id].append((member, words[member.round_id][choice] if choice else _without(member)))
    return found


def _without(member: RoundMember) -> str:
    """What stands beside a name without a vote of its own."""
    if member.recused:
        return "回避"
    return "到会" if member.present else "未到会"


def items_of(entries: list[int]) -> dict[int, list[EntryItem]]:
    """The items of each entry, with the version that was before the meeting."""
    found: dict[int, list[EntryItem]] = defaultdict(list)
    links = EntryItem.objects.filter(entry__in=entries).select_related(
        "item__unit", "item__number", "clearance__version", "item__matter_kind"
    )
    for link in links.order_by("pk"):
        found[link.entry_id].append(link)
    return found
