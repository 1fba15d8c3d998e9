"""What holds for every body and every count, not only for the cases we thought of."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from decisions.hall.questions import room_of_people
from decisions.rules.tally import (
    Act,
    Base,
    Count,
    CountingRule,
    Operator,
    Room,
    Threshold,
    needed,
    quorum_verdict,
    unanimous_verdict,
    vote_verdict,
)

FIELDS = ("approve", "oppose", "abstain", "deferred", "invalid", "not_voted")


@st.composite
def thresholds(draw, bases=tuple(Base)):
    operator = draw(st.sampled_from(Operator))
    denominator = draw(st.integers(1 if operator is Operator.AT_LEAST else 2, 20))
    most = denominator if operator is Operator.AT_LEAST else denominator - 1
    return Threshold(operator, draw(st.integers(1, most)), denominator, draw(st.sampled_from(bases)))


@st.composite
def rules(draw, bases=tuple(Base)):
    return CountingRule(draw(thresholds((Base.DUE,))), draw(thresholds(bases)), recusal_lowers_due=draw(st.booleans()))


@st.composite
def rooms(draw, least_present=0):
    due = draw(st.integers(max(1, least_present), 1000))
    present = draw(st.integers(least_present, due))
    recused = draw(st.integers(0, min(due - present, due - 1)))
    return Room(due, present, recused)


@st.composite
def votes(draw, least_present=0):
    """A room and a count in which everybody present is in exactly one field."""
    room = draw(rooms(least_present))
    cuts = sorted(draw(st.lists(st.integers(0, room.present), min_size=5, max_size=5)))
    edges = [0, *cuts, room.present]
    return room, Count(*(high - low for low, high in pairwise(edges)))


def reaches(threshold: Threshold, number: int, base: int) -> bool:
    """The definition, written with fractions and independent of `needed`; of nobody nothing is reached by nobody."""
    if number == 0:
        return False
    part = Fraction(threshold.numerator, threshold.denominator) * base
    return number > part if threshold.operator is Operator.MORE_THAN else number >= part


@given(thresholds(), st.integers(0, 1000))
def test_needed_is_the_least_number_that_reaches_the_fraction(threshold, base):
    least = needed(threshold, base)
    assert reaches(threshold, least, base)
    assert not reaches(threshold, least - 1, base)


@given(thresholds(), st.integers(1, 1000))
def test_needed_can_always_be_reached(threshold, base):
    assert 1 <= needed(threshold, base) <= base


@given(thresholds(), st.integers(0, 999))
def test_a_larger_base_never_needs_fewer(threshold, base):
    assert needed(threshold, base) <= needed(threshold, base + 1)


@given(rules(), votes())
def test_the_verdict_is_the_definition(rule, vote):
    room, count = vote
    due = room.due - room.recused if rule.recusal_lowers_due else room.due
    base = {Base.DUE: due, Base.ENTITLED_PRESENT: room.present, Base.VALID: count.valid}[rule.majority.base]
    quorate = reaches(rule.quorum, room.present, due)
    verdict = vote_verdict(rule, room, count)
    assert verdict.quorate == quorate
    assert verdict.met == (quorate and reaches(rule.majority, count.approve, base))


@given(rules(), votes())
def test_the_sentence_and_the_missing_number_agree_with_the_verdict(rule, vote):
    verdict = vote_verdict(rule, *vote)
    assert verdict.met == (verdict.missing == 0)
    assert verdict.sentence.endswith("，通过。") == verdict.met
    assert (f"差 {verdict.missing} " in verdict.sentence) == (not verdict.met)


@given(rules(), votes(least_present=1), st.sampled_from(FIELDS[1:]))
def test_one_more_approval_never_hurts(rule, vote, field):
    """Somebody else's answer turned into approval keeps a passed matter passed, on every base."""
    room, count = vote
    if getattr(count, field) == 0:
        return
    better = replace(count, **{field: getattr(count, field) - 1, "approve": count.approve + 1})
    assert vote_verdict(rule, room, better).met >= vote_verdict(rule, room, count).met


@given(rules(bases=(Base.DUE,)), votes(least_present=1), st.sampled_from(FIELDS))
def test_on_the_base_of_those_due_absence_never_helps(rule, vote, field):
    """Whoever stays away, however he would have voted, a matter that would fail with him fails without him."""
    room, count = vote
    if getattr(count, field) == 0:
        return
    absent = replace(count, **{field: getattr(count, field) - 1})
    emptier = Room(room.due, room.present - 1, room.recused)
    assert vote_verdict(rule, emptier, absent).met <= vote_verdict(rule, room, count).met


@given(rules(bases=(Base.DUE,)), votes(), st.permutations(FIELDS[1:]))
def test_on_the_base_of_those_due_all_that_is_not_approval_weighs_the_same(rule, vote, order):
    room, count = vote
    shuffled = Count(count.approve, **{to: getattr(count, was) for was, to in zip(FIELDS[1:], order, strict=True)})
    assert vote_verdict(rule, room, shuffled) == vote_verdict(rule, room, count)


@given(rules(), votes())
def test_what_stands_while_voting_goes_on_is_never_taken_back(rule, vote):
    """Once 达到通过条件 is shown, whatever those still out do, it stays so while the same people are present."""
    room, count = vote
    if not vote_verdict(rule, room, count, closed=False).met:
        return
    for answer in ("approve", "oppose", "abstain", "invalid"):
        final = replace(count, not_voted=0, **{answer: getattr(count, answer) + count.not_voted})
        assert vote_verdict(rule, room, final).met


@given(rules(), rooms())
def test_an_oral_unanimous_vote_is_a_vote_in_which_all_present_approve(rule, room):
    spoken, counted = unanimous_verdict(rule, room), vote_verdict(rule, room, Count(approve=room.present))
    assert (spoken.met, spoken.needed, spoken.quorate) == (counted.met, counted.needed, counted.quorate)


@given(rules(), rooms())
def test_nobody_who_leaves_makes_a_quorum(rule, room):
    if room.present == 0:
        return
    emptier = Room(room.due, room.present - 1, room.recused)
    assert quorum_verdict(rule, emptier, Act.VOTE).met <= quorum_verdict(rule, room, Act.VOTE).met


@given(st.sets(st.integers(0, 30), min_size=1), st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)))
def test_a_room_of_names_never_has_more_than_are_due(due, in_room, recused):
    room = room_of_people(due, in_room, recused)
    assert (room.due, room.present, room.recused) == (len(due), len(due & in_room - recused), len(due & recused))
    assert room.present + room.recused <= room.due
