"""What pages ask about a ballot: how far it is, what a voter's browser packs, what is printed, what came out."""

from dataclasses import dataclass

from agenda.meetings.models import AgendaEntry
from common.identity.models import Person
from decisions.ballots.election import standing_again
from decisions.ballots.envelope import RECUSED, binding
from decisions.ballots.models import Ballot, BallotOfficer, BallotSlot, BallotVoter, OtherTotal
from decisions.ballots.policies import officers_of
from decisions.ballots.workflow import LIVE, BallotState
from decisions.rules.counting import counting_rule
from decisions.votes.models import RoundMember


@dataclass(frozen=True)
class Turnout:
    """已投 n / N: all that a screen shows while voting goes on. `waiting`: who has not voted, for the scrutineers."""

    cast: int
    eligible: int
    waiting: list[Person]


@dataclass(frozen=True)
class Mark:
    """One radio button: the value the browser packs, its word, and the name written in where it is one."""

    value: int
    word: str
    written: bool = False


@dataclass(frozen=True)
class SlotShown:
    """One name on a voter's paper. A recused voter marks nothing there: the browser packs `value_of_recused`."""

    slot: BallotSlot
    marks: list[Mark]
    recused: bool
    value_of_recused: int = RECUSED


@dataclass(frozen=True)
class VoterPaper:
    """All that a browser needs to seal: public key and binding in hex, the slots in their order."""

    ballot: Ballot
    public_key: str
    bound: str
    slots: list[SlotShown]

    @property
    def approve(self) -> int:
        """The value of 赞成, which an election counts against its places."""
        return int(self.ballot.options.index("approve")) + 1

    @property
    def has_roster(self) -> bool:
        return any(mark.written for shown in self.slots for mark in shown.marks)

    @property
    def blank_word(self) -> str:
        """What counts where nothing is marked."""
        return f"计为{_blank(self.ballot)}"

    @property
    def how(self) -> str:
        """How it is marked, for the screen."""
        if self.ballot.places is None:
            return f"每项选一种。没有填的{self.blank_word}。"
        return f"应选 {self.ballot.places} 人，多选的整张无效。没有填的{self.blank_word}。"


@dataclass(frozen=True)
class PrintedPaper:
    """One 表决票; it carries no number and no mark. `copies`: one a voter."""

    ballot: Ballot
    words: list[str]
    names: list[str]
    write_in_lines: int
    rule: str
    copies: int


@dataclass(frozen=True)
class SlotResult:
    """One name as it came out. `figures`: (word, number)."""

    slot: BallotSlot
    figures: list[tuple[str, int]]
    passed: bool
    sentence: str


@dataclass(frozen=True)
class Report:
    """票决结果报告单: the numbers, each name, names written in, who watched, where it stands in the chain."""

    ballot: Ballot
    results: list[SlotResult]
    others: list[OtherTotal]
    officers: list[BallotOfficer]
    signed: list[str]
    chain_seq: int
    chain_digest: str


def live_ballot(entry: AgendaEntry) -> Ballot | None:
    """The ballot of this entry that is being prepared, voted on or counted."""
    return Ballot.objects.filter(entry=entry, state__in=LIVE).first()


def turnout(ballot: Ballot) -> Turnout:
    voters = list(BallotVoter.objects.filter(ballot=ballot, eligible=True).select_related("person"))
    return Turnout(sum(one.cast for one in voters), len(voters), [one.person for one in voters if not one.cast])


def option_words(ballot: Ballot) -> list[str]:
    """The words of the options in their order: 同意、不同意、缓议."""
    labels = counting_rule(ballot.rule).wording.labels
    return [labels[field] for field in ballot.options]


def voter_paper(ballot: Ballot, person: Person) -> VoterPaper:
    """For one voter. Nothing of what he marks is asked for or kept."""
    words, roster = option_words(ballot), list(ballot.roster.order_by("position"))
    marks = [Mark(place, word) for place, word in enumerate(words, start=1)]
    marks += [Mark(len(words) + place, one.name, written=True) for place, one in enumerate(roster, start=1)]
    barred = RoundMember.objects.filter(round__slot__ballot=ballot, person=person, entitled=False)
    recused = set(barred.values_list("round__slot", flat=True))
    slots = ballot.slots.select_related("question").order_by("position")
    return VoterPaper(
        ballot,
        ballot.public_key,
        binding(ballot.pk, person.pk).hex(),
        [SlotShown(slot, marks, slot.pk in recused) for slot in slots],
    )


def printed_paper(ballot: Ballot) -> PrintedPaper:
    """What stands on the paper, and how many are printed."""
    names = [str(slot.question.text) for slot in ballot.slots.select_related("question").order_by("position")]
    copies = BallotVoter.objects.filter(ballot=ballot, eligible=True).count()
    writable = ballot.places or 0 if ballot.roster.exists() else 0
    return PrintedPaper(ballot, option_words(ballot), names, writable, _how(ballot), copies)


def _how(ballot: Ballot) -> str:
    """How it is marked, printed at its foot."""
    one = f"每项只选一种，在相应栏内画“○”；多选的，该项为废票。不标记的视为{_blank(ballot)}。"
    if ballot.places is None:
        return one
    return f"应选 {ballot.places} 人。赞成人数等于或少于应选人数的有效，多于应选人数的整张无效。{one}"


def _blank(ballot: Ballot) -> str:
    return "弃权" if "abstain" in ballot.options else "废票"


def report_of(ballot: Ballot) -> Report | None:
    """Once it is counted."""
    if ballot.state not in (BallotState.COUNTED, BallotState.REPORTED):
        return None
    slots = ballot.slots.select_related("question", "total", "round__result").order_by("position")
    words = [*option_words(ballot), "废票"]
    record = ballot.tally.record
    return Report(
        ballot=ballot,
        results=[_result(slot, words, [*ballot.options, "invalid"]) for slot in slots],
        others=list(OtherTotal.objects.filter(name__ballot=ballot).select_related("name").order_by("-votes")),
        officers=officers_of(ballot),
        signed=[act.person.name for act in ballot.acts.filter(step="report").select_related("person")],
        chain_seq=record.seq,
        chain_digest=record.digest,
    )


def _result(slot: BallotSlot, words: list[str], fields: list[str]) -> SlotResult:
    result = slot.round.result if slot.round else None
    figures = [(word, getattr(slot.total, field)) for word, field in zip(words, fields, strict=True)]
    return SlotResult(slot, figures, bool(result and result.passed), result.sentence if result else "")


def next_round(ballot: Ballot) -> tuple[list[BallotSlot], int]:
    """Who stands again for how many places after an election; ([], 0) where all places are filled."""
    if ballot.places is None:
        return [], 0
    again = standing_again(ballot)
    return again.slots, again.open_places
