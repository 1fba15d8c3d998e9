"""What a secret ballot came to is what the meeting decides, and what is read of it."""

import pytest

from common.services import Refused
from decisions.minutes.drafting import vote_words
from decisions.outcomes.chain import votes_on
from decisions.outcomes.matters import MatterInput
from decisions.outcomes.services.decide_entry import decide_entry
from decisions.outcomes.services.defer_entry import defer_entry
from decisions.votes.models import RoundResult
from tests.decisions.ballots_story import NAMES, cadre_entry, cast_all, counted, device_ballot, questions_of
from tests.decisions.hall_story import MEMBERS
from tests.support.cast import District

MARKS = [(1, 2, 1)] * 5 + [(1, 2, 3)] * 5 + [(1, 1, 9)]  # the last one spoilt his third


def test_the_decision_follows_each_names_own_result(district: District) -> None:
    entry = cadre_entry(district)
    ballot, written = device_ballot(district, entry)
    counted(district, cast_all(district, ballot, zip(MEMBERS, MARKS, strict=True)), written)
    unit = district.unit("教体局")
    said = [MatterInput(one, "passed", f"{one.text}", lead_unit=unit) for one in questions_of(entry)]
    with pytest.raises(Refused, match=r"第 2 项：.*差 5 票，未通过。结果只能是未通过、缓议"):
        decide_entry(actor=district.office, entry=entry, matters=said)
    outcomes = ("passed", "rejected", "deferred")
    said = [
        MatterInput(one, how, one.text, lead_unit=unit if how == "passed" else None)
        for one, how in zip(questions_of(entry), outcomes, strict=True)
    ]
    decision = decide_entry(actor=district.office, entry=entry, matters=said)
    voted = votes_on(list(decision.matters.all()), by_name=True)
    third = voted[questions_of(entry)[2].pk]
    assert third.figures == [("同意", 5), ("不同意", 0), ("缓议", 5), ("废票", 1)]
    assert {words for _, words in third.names} == {"到会"}  # by name nothing but who was there
    result = RoundResult.objects.get(round__question__text=NAMES[2])
    assert vote_words(result) == (
        "经无记名表决，应到11人，实到11人，赞成5人，反对0人，弃权0人，缓议5人，废票1人，未通过。"
    )


def test_an_entry_is_neither_decided_nor_put_off_while_its_ballot_is_out(district: District) -> None:
    entry = cadre_entry(district)
    device_ballot(district, entry)
    with pytest.raises(Refused, match="表决还没有结束"):
        decide_entry(actor=district.office, entry=entry, matters=[])
    with pytest.raises(Refused, match="表决"):
        defer_entry(actor=district.office, entry=entry, reason="再议", todo="组织部补充")
    entry.refresh_from_db()
    assert entry.state == "discussing"
