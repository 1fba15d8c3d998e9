"""差额选举 in secret: k of n, names written in, ties and the next round, on the device as on paper."""

import pytest

from agenda.meetings.models import AgendaEntry
from common.services import Refused
from decisions.ballots.models import Ballot, BallotCount, OtherTotal
from decisions.ballots.questions import next_round, voter_paper
from decisions.votes.models import Question, RoundResult
from tests.decisions.ballots_story import (
    cadre_entry,
    cast_all,
    counted,
    device_ballot,
    drafted,
    people,
    questions_of,
)
from tests.decisions.hall_story import MEMBERS
from tests.support.cast import District

NAMES = ("候选甲", "候选乙", "候选丙")
YES, NO = 1, 2


def election(district: District, votes: list[tuple[int, ...]], **given) -> tuple[AgendaEntry, Ballot]:
    """One tuple of marks a member; two places unless said otherwise."""
    entry = cadre_entry(district, names=NAMES)
    ballot, written = device_ballot(district, entry, **({"places": 2} | given))
    ballot = cast_all(district, ballot, zip(MEMBERS, votes, strict=True))
    return entry, counted(district, ballot, written)


def elected() -> list[tuple[int, bool]]:
    rows = RoundResult.objects.order_by("round__no", "round__slot__position")
    return [(row.approve, row.passed) for row in rows]


def standing(ballot: Ballot) -> tuple[list[str], int]:
    slots, places = next_round(ballot)
    return [slot.question.text for slot in slots], places


def test_two_of_three_are_elected_by_votes(district: District) -> None:
    _, ballot = election(district, [(YES, YES, NO)] * 7 + [(YES, NO, YES)] * 4)
    assert elected() == [(11, True), (7, True), (4, False)]
    assert [row.sentence.rsplit("，", 1)[1] for row in RoundResult.objects.order_by("pk")] == [
        "当选。",
        "当选。",
        "未当选。",
    ]
    assert standing(ballot) == ([], 0)


def test_too_many_marks_void_the_paper_as_a_whole(district: District) -> None:
    election(district, [(YES, YES, YES)] * 2 + [(YES, YES, NO)] * 9)
    assert elected() == [(9, True), (9, True), (0, False)]
    assert [(c.valid, c.invalid) for c in BallotCount.objects.all()] == [(9, 2)]
    assert {row.invalid for row in RoundResult.objects.all()} == {2}


def test_a_tie_for_the_last_place_goes_to_a_second_round_among_the_tied(district: District) -> None:
    """All three with the majority, two of them equal, and room for two."""
    marks = [(YES, YES, NO)] * 4 + [(YES, NO, YES)] * 4 + [(NO, YES, YES)] * 3
    _, ballot = election(district, marks)
    assert elected() == [(8, True), (7, False), (7, False)]
    assert standing(ballot) == (["候选乙", "候选丙"], 1)
    sentence = RoundResult.objects.get(round__question__text="候选乙").sentence
    assert sentence.endswith("超过半数（6），得票未列前 2 名或与他人相等，未当选。")


def test_where_a_majority_is_missing_fewer_stand_again_and_the_second_round_decides(district: District) -> None:
    entry = cadre_entry(district, names=NAMES)
    ballot, written = device_ballot(district, entry, places=2)
    marks = [(YES, YES, NO)] * 5 + [(YES, NO, YES)] * 5 + [(YES, NO, NO)]
    first = counted(district, cast_all(district, ballot, zip(MEMBERS, marks, strict=True)), written)
    assert elected() == [(11, True), (5, False), (5, False)]
    assert standing(first) == (["候选乙", "候选丙"], 1)
    again = [question for question in questions_of(entry) if question.text != "候选甲"]
    for wrong in ({"questions": again[:1], "places": 1}, {"questions": again, "places": 2}):
        with pytest.raises(Refused, match="再次选举应选 1 人，候选人为候选乙、候选丙"):
            drafted(district, entry, follows=first, **wrong)
    second, written = device_ballot(district, entry, questions=again, places=1, follows=first)
    assert second.reason == "当选人数不足应选名额，再次选举"
    marks = [(YES, NO)] * 7 + [(NO, YES)] * 4
    last = counted(district, cast_all(district, second, zip(MEMBERS, marks, strict=True)), written)
    assert elected()[3:] == [(7, True), (4, False)]
    assert standing(last) == ([], 0)


def test_a_name_written_in_is_counted_and_takes_a_place(district: District) -> None:
    entry = cadre_entry(district, names=NAMES)
    ballot, written = device_ballot(district, entry, places=2, roster=people(district, "林知微", "梁思齐"))
    shown = voter_paper(ballot, district.person("陆景和"))
    written_in = {mark.word: mark.value for mark in shown.slots[0].marks if mark.written}
    assert written_in == {"林知微": 4, "梁思齐": 5}
    marks = [(YES, NO, 4)] * 8 + [(YES, YES, NO)] * 2 + [(YES, 5, NO)]
    counted(district, cast_all(district, ballot, zip(MEMBERS, marks, strict=True)), written)
    assert elected() == [(11, True), (2, False), (0, False)]
    others = OtherTotal.objects.order_by("-votes").values_list("name__name", "votes", "elected")
    assert list(others) == [("林知微", 8, True), ("梁思齐", 1, False)]


def test_an_election_of_as_many_as_stand(district: District) -> None:
    election(district, [(YES, YES, YES)] * 10 + [(0, 0, 0)], places=3)
    assert elected() == [(10, True)] * 3
    assert {row.abstain for row in RoundResult.objects.all()} == {1}  # nothing marked is 弃权


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"places": 0}, "应选名额须在 1 与候选人数 3 之间"),
        ({"places": 4}, "应选名额须在 1 与候选人数 3 之间"),
        ({"places": 2, "options": ("approve", "oppose")}, "选举的选项须有弃权"),
        ({"options": ("approve", "approve", "oppose")}, "各列一次"),
        ({"options": ("approve", "not_voted")}, "选项须有赞成和反对"),
    ],
)
def test_a_draft_that_cannot_be_voted_on_is_refused(district: District, given: dict, why: str) -> None:
    with pytest.raises(Refused, match=why):
        drafted(district, cadre_entry(district, names=NAMES), **given)
    assert not Ballot.objects.exists()


def test_only_an_election_has_names_written_in_and_no_candidate_twice(district: District) -> None:
    entry = cadre_entry(district, names=NAMES)
    who = people(district, "林知微")
    with pytest.raises(Refused, match="只有选举才能另选他人"):
        drafted(district, entry, roster=who)
    with pytest.raises(Refused, match="另选名册不列候选人"):
        drafted(district, entry, places=1, roster=who, people={questions_of(entry)[0].pk: who[0]})


def test_what_was_voted_on_is_voted_again_with_a_reason(district: District) -> None:
    entry, _ = election(district, [(YES, NO, NO)] * 11, places=1)
    with pytest.raises(Refused, match="已经表决。确需重新表决的，请写明理由"):
        drafted(district, entry)
    assert drafted(district, entry, reason="票面有误").reason == "票面有误"
    assert Question.objects.filter(entry=entry, dropped_at__isnull=True).count() == 3
