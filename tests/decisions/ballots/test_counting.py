"""Counting, case by case: what each ballot says, and what it comes to."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.ballots.counting import Asked, Totals, count
from decisions.ballots.envelope import RECUSED, Opened, binding
from decisions.ballots.rounds import elect, next_candidates

ORDINARY, CADRE = ("approve", "oppose", "abstain"), ("approve", "oppose", "deferred")
VOTERS = [binding(1, person) for person in range(1, 1001)]


def counted(asked: Asked, *marks: tuple[int, ...] | None) -> Totals:
    ballots = [Opened(voter, one) for voter, one in zip(VOTERS, marks, strict=False)]
    return count(asked, ballots, frozenset(VOTERS))


@pytest.mark.parametrize(
    ("options", "marks", "expected"),
    [
        (ORDINARY, [(1,), (1,), (2,), (3,)], {"approve": 2, "oppose": 1, "abstain": 1}),
        (ORDINARY, [(0,), (1,)], {"abstain": 1, "approve": 1}),  # nothing marked is 弃权 where there is such an answer
        (CADRE, [(0,), (3,)], {"invalid": 1, "deferred": 1}),  # and 废票 where there is none
        (ORDINARY, [(4,), (65535,), (RECUSED,)], {"invalid": 3}),  # unknown values
        (ORDINARY, [None, (1,)], {"invalid": 1, "approve": 1}),
        (ORDINARY, [], {}),
    ],
)
def test_one_question(options: tuple[str, ...], marks: list, expected: dict[str, int]) -> None:
    assert counted(Asked(options, 1), *marks).slots == [Counter(expected)]


def test_a_spoilt_question_does_not_spoil_the_others() -> None:
    totals = counted(Asked(CADRE, 3), (1, 9, 2), (1, 1, 1))
    assert totals.slots == [Counter(approve=2), Counter(invalid=1, approve=1), Counter(oppose=1, approve=1)]
    assert (totals.valid, totals.invalid, totals.received) == (2, 0, 2)


def test_a_ballot_with_a_wrong_binding_is_invalid_for_every_question() -> None:
    totals = counted(Asked(CADRE, 2), None, (1, 2))
    assert totals.slots == [Counter(invalid=1, approve=1), Counter(invalid=1, oppose=1)]
    assert (totals.valid, totals.invalid) == (1, 1)


@pytest.mark.parametrize("mark", [0, 1, 2, RECUSED, 77])
def test_the_recused_is_counted_for_nobody_there_whatever_he_marks(mark: int) -> None:
    asked = Asked(CADRE, 2, recused={VOTERS[0]: frozenset({1})})
    totals = counted(asked, (1, mark), (2, 1))
    assert totals.slots == [Counter(approve=1, oppose=1), Counter(approve=1)]


ELECTION = Asked(ORDINARY, 4, places=2, roster=3)


@pytest.mark.parametrize(
    ("marks", "valid"),
    [
        ((1, 1, 2, 2), True),  # as many as there are places
        ((1, 2, 2, 2), True),  # fewer: valid
        ((0, 0, 0, 0), True),  # none: valid, all 弃权
        ((1, 1, 1, 2), False),  # more: void as a whole
        ((1, 4, 2, 2), True),  # one of the two written in
        ((1, 1, 4, 2), False),  # two and one written in
        ((4, 4, 1, 2), True),  # the same name written in twice is one
        ((4, 5, 1, 2), False),
    ],
)
def test_marks_against_places(marks: tuple[int, ...], valid: bool) -> None:
    totals = counted(ELECTION, marks)
    assert (totals.valid, totals.invalid) == ((1, 0) if valid else (0, 1))
    if not valid:
        assert totals.slots == [Counter(invalid=1)] * 4
        assert not totals.others


def test_a_name_written_in_stands_against_the_one_beside_it() -> None:
    totals = counted(ELECTION, (1, 5, 2, 2), (5, 5, 2, 0), (1, 7, 2, 2))
    assert totals.others == Counter({1: 2})
    assert totals.slots[1] == Counter(oppose=2, invalid=1)  # 7 is no name of three


@pytest.mark.parametrize("voters", [[VOTERS[0], VOTERS[0]], [binding(2, 1)]])
def test_an_envelope_twice_or_of_nobody_is_no_matter_of_counting(voters: list[bytes]) -> None:
    with pytest.raises(ValueError, match="不属于本次票决的任何一位投票人"):
        count(Asked(ORDINARY, 1), [Opened(voter, (1,)) for voter in voters], frozenset(VOTERS))


@given(st.lists(st.one_of(st.none(), st.tuples(*[st.integers(0, 12)] * 3)), max_size=20), st.sampled_from([None, 1, 2]))
def test_every_ballot_is_counted_once_for_every_question(marks: list, places: int | None) -> None:
    totals = counted(Asked(ORDINARY, 3, places=places, roster=4), *marks)
    assert totals.received == len(marks)
    assert {slot.total() for slot in totals.slots} == {len(marks)}
    if places:
        assert sum(slot["approve"] for slot in totals.slots) + totals.others.total() <= places * totals.valid


# 差额: 应到 40, majority 21.
@pytest.mark.parametrize(
    ("votes", "places", "elected", "tied", "left", "again"),
    [
        ({"甲": 38, "乙": 30, "丙": 12}, 2, "甲乙", "", 0, ""),
        ({"甲": 38, "乙": 38, "丙": 38}, 3, "甲乙丙", "", 0, ""),  # 等额
        ({"甲": 30, "乙": 25, "丙": 25}, 2, "甲", "乙丙", 1, "乙丙"),  # a tie for the last place
        ({"甲": 25, "乙": 25, "丙": 25}, 2, "", "甲乙丙", 2, "甲乙丙"),
        ({"甲": 30, "乙": 20, "丙": 18, "丁": 5}, 2, "甲", "", 1, "乙丙"),  # a majority is missing
        ({"甲": 20, "乙": 20, "丙": 18}, 1, "", "", 1, "甲乙"),
        ({"甲": 20, "乙": 18, "丙": 18}, 1, "", "", 1, "甲"),  # equal at the cut go together
        ({"甲": 18, "乙": 18, "丙": 18}, 1, "", "", 1, "甲乙丙"),  # none can be left out by votes
        ({"甲": 21, "乙": 20}, 1, "甲", "", 0, ""),
        ({"甲": 20}, 1, "", "", 1, "甲"),
        (
            {"甲": 30, "乙": 22, "丙": 21, "丁": 20},
            2,
            "甲乙",
            "",
            0,
            "",
        ),  # more have the majority than there are places
        ({"甲": 0, "乙": 0}, 1, "", "", 1, "甲乙"),
    ],
)
def test_who_is_elected_and_who_stands_again(
    votes, places: int, elected: str, tied: str, left: int, again: str
) -> None:
    result = elect(votes, dict.fromkeys(votes, 21), places)
    assert ("".join(result.elected), "".join(result.tied), result.open_places) == (elected, tied, left)
    assert "".join(next_candidates(votes, result)) == again


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 40), min_size=1), st.integers(1, 5))
def test_never_more_are_elected_than_there_are_places_and_none_below_another(votes: dict, places: int) -> None:
    result = elect(votes, dict.fromkeys(votes, 21), places)
    assert len(result.elected) + result.open_places == places
    rest = [votes[name] for name in votes if name not in result.elected]
    assert all(votes[name] >= 21 and votes[name] > max(rest, default=0) for name in result.elected)
    standing = next_candidates(votes, result)
    assert set(standing) <= set(votes) - set(result.elected)
