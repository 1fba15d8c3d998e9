"""Elections of k out of n: who is elected, who stands again; pure (rules.md §2, 差额).

Elected is who has the majority and is among the first k by votes. Where the last place is shared by more than there is
room for, none of them has it: they alone stand again. Where a majority is missing, the first by votes stand again,
fewer than before.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Election(Generic[K]):
    """`elected` by votes; `tied` for the last places; `open_places` still to be filled."""

    elected: tuple[K, ...]
    tied: tuple[K, ...]
    open_places: int


def is_elected(votes: int, least: int, others: Mapping[K, int], places: int) -> bool:
    """The majority, and no more than `places` names (itself among `others`) with as many votes: a tie elects nobody."""
    return votes >= least and sum(one >= votes for one in others.values()) <= places


def elect(votes: Mapping[K, int], least: Mapping[K, int], places: int) -> Election[K]:
    """What a round came to. `least`: what each needs for the majority."""
    if places < 1:
        raise ValueError("应选名额须不小于一。")
    ranked = sorted(votes, key=lambda name: -votes[name])
    elected = tuple(name for name in ranked if is_elected(votes[name], least[name], votes, places))
    left = places - len(elected)
    waiting = [name for name in ranked if name not in elected and votes[name] >= least[name]]
    tied = tuple(name for name in waiting if left and votes[name] == votes[waiting[0]])
    return Election(elected, tied, left)


def next_candidates(votes: Mapping[K, int], result: Election[K], surplus: int = 1) -> tuple[K, ...]:
    """Who stands again: the tied, or the first by votes, `surplus` more than open places and fewer than before.

    Names with equal votes at the cut stay or go together; where all have the same, none can be left out by votes.
    """
    if not result.open_places:
        return ()
    if result.tied:
        return result.tied
    left = sorted((name for name in votes if name not in result.elected), key=lambda name: -votes[name])
    keep = max(1, min(result.open_places + surplus, len(left) - 1))
    if len(left) <= keep:
        return tuple(left)
    cut = votes[left[keep - 1]]
    kept = tuple(name for name in left if votes[name] >= cut)
    if len(kept) < len(left):
        return kept
    above = tuple(name for name in left if votes[name] > cut)
    return above if len(above) >= result.open_places else kept
