"""From opened envelopes to totals (rules.md §2); pure. No slip outlives the call: its pattern can be a signature.

A mark is an index into the frozen roster of options: 0 nothing, then the options of the ballot, then the names that may
be written in (另选他人), each of which stands for 不赞成 of the slot's name and a vote for the one written.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from decisions.ballots.envelope import BLANK, Opened

APPROVE, OPPOSE, ABSTAIN, INVALID = "approve", "oppose", "abstain", "invalid"


@dataclass(frozen=True)
class Asked:
    """What a ballot asks: options in order, how many slots, how many may be marked, how many names can be written in.

    `places` None: each name on its own. `recused`: per voter's binding the slots (from 0) he is recused from.
    """

    options: tuple[str, ...]
    slots: int
    places: int | None = None
    roster: int = 0
    recused: Mapping[bytes, frozenset[int]] = field(default_factory=dict)


@dataclass
class Totals:
    """`slots`: per slot the number of each option and of 废票; `others`: per place in the roster; ballots as wholes."""

    slots: list[Counter[str]]
    others: Counter[int]
    valid: int = 0
    invalid: int = 0

    @property
    def received(self) -> int:
        return self.valid + self.invalid


def count(asked: Asked, ballots: Iterable[Opened], voters: frozenset[bytes]) -> Totals:
    """Each voter's envelope once; ValueError where one is there twice or is nobody's: that is no matter of marks."""
    totals = Totals([Counter() for _ in range(asked.slots)], Counter())
    seen: set[bytes] = set()
    for ballot in ballots:
        if ballot.voter not in voters or ballot.voter in seen:
            raise ValueError("有选票不属于本次票决的任何一位投票人，或同一人有两张。")
        seen.add(ballot.voter)
        _count_one(asked, ballot, totals)
    return totals


def _count_one(asked: Asked, ballot: Opened, totals: Totals) -> None:
    own = [slot for slot in range(asked.slots) if slot not in asked.recused.get(ballot.voter, ())]
    if ballot.marks is None or _too_many(asked, ballot.marks, own):
        totals.invalid += 1
        for slot in own:
            totals.slots[slot][INVALID] += 1
        return
    totals.valid += 1
    written = set()
    for slot in own:
        mark = ballot.marks[slot]
        totals.slots[slot][meaning(asked, mark)] += 1
        if (name := written_name(asked, mark)) is not None:
            written.add(name)
    totals.others.update(written)


def _too_many(asked: Asked, marks: tuple[int, ...], own: list[int]) -> bool:
    """More names approved and written in than there are places: the election's ballot is void as a whole."""
    if asked.places is None:
        return False
    chosen = sum(meaning(asked, marks[slot]) == APPROVE for slot in own)
    written = {name for slot in own if (name := written_name(asked, marks[slot])) is not None}
    return chosen + len(written) > asked.places


def meaning(asked: Asked, mark: int) -> str:
    """The field of the count a mark goes to. Nothing marked is 弃权 where there is such an answer, else 废票."""
    if mark == BLANK:
        return ABSTAIN if ABSTAIN in asked.options else INVALID
    if mark <= len(asked.options):
        return asked.options[mark - 1]
    return INVALID if written_name(asked, mark) is None else OPPOSE


def written_name(asked: Asked, mark: int) -> int | None:
    """The place in the roster (from 0) of the name written in, None where there is none."""
    place = mark - len(asked.options) - 1
    return place if 0 <= place < asked.roster else None
