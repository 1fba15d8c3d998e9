"""五不上会: who concludes a check, on what, with which file; and what follows at once."""

from datetime import date

import pytest

from agenda.items.lines import Mark
from agenda.items.models import Item
from agenda.items.services.record_opinion import record_opinion
from agenda.items.services.withdraw_item import withdraw_item
from agenda.items.standing import standing_of
from agenda.items.workflow import ItemState
from common.records.canonical import read_canonical
from common.services import NotAllowed, Refused
from tests.support import stories
from tests.support.cast import District
from tests.support.time import Clock


def vetting(district: District) -> Item:
    return stories.accepted_item(district)


def state(item: Item) -> str:
    return Item.objects.get(pk=item.pk).state


def test_the_reviewer_concludes_with_the_whole_file(district: District) -> None:
    item = vetting(district)
    opinion = stories.conclude(district, item, "legal")
    assert (opinion.reviewer, opinion.version, opinion.unit) == (
        district.lawyer.person,
        item.version,
        district.unit("司法局"),
    )
    assert (opinion.done_on, opinion.valid_until) == (date(2026, 11, 16), date(2027, 11, 16))
    sealed = read_canonical(opinion.record.payload)
    assert sealed["digest"] == item.version.digest
    assert [paper["name"] for paper in sealed["documents"]] == ["合法性审查意见书.pdf"]
    assert [document.what for document in opinion.documents.all()] == ["review"]


def test_nobody_else_concludes_the_legal_review(district: District) -> None:
    item = vetting(district)
    for who in ("liaison", "head", "office", "director", "secretary", "risk_reviewer", "outsider"):
        with stories.nothing_changes(item), pytest.raises(NotAllowed, match="合法性审查由合法性审查人作出结论"):
            stories.conclude(district, item, "legal", actor=getattr(district, who))


def test_the_research_is_the_own_units_head_alone(district: District) -> None:
    item = vetting(district)
    for other in (district.liaison, district.actor("丁筑")):
        with stories.nothing_changes(item), pytest.raises(NotAllowed, match="调查研究由教体局单位负责人作出结论"):
            stories.conclude(district, item, "research", actor=other)


def test_a_missing_expert_opinion_is_named_and_nothing_written(district: District) -> None:
    item = vetting(district)
    with stories.nothing_changes(item), pytest.raises(Refused, match="专家论证还缺专家签名的书面意见") as told:
        stories.conclude(district, item, "expert", papers={})
    assert told.value.field == "papers.opinions"


def test_further_papers_are_kept_and_unknown_ones_refused(district: District) -> None:
    item, more = vetting(district), [("法律顾问意见书.pdf", stories.pdf("顾问"))]
    file = stories.full_file("legal")
    opinion = stories.conclude(district, item, "legal", papers=file["papers"] | {"other": more})
    assert sorted(document.what for document in opinion.documents.all()) == ["other", "review"]
    with stories.nothing_changes(item), pytest.raises(Refused, match="没有这一种材料"):
        stories.conclude(district, item, "legal", papers=file["papers"] | {"contract": more})


def test_papers_given_once_stay_for_a_further_conclusion_on_the_same_version(district: District) -> None:
    item = vetting(district)
    stories.conclude(district, item, "risk", "middle")
    later = stories.conclude(district, item, "risk", "middle", measures_confirmed=True, papers={})
    assert [document.what for document in later.documents.all()] == ["assessment"]


def test_all_checks_passed_begin_the_signing(district: District) -> None:
    item = vetting(district)
    for kind in ("research", "expert", "risk", "legal"):
        stories.conclude(district, item, kind)
        assert state(item) == ItemState.VETTING
    stories.conclude(district, item, "plan")
    assert state(item) == ItemState.SIGNING


HOLDING = {
    "research": ["insufficient"],
    "expert": ["infeasible", "feasible_if_changed"],
    "risk": ["high", "middle"],
    "legal": ["unlawful", "lawful_if_changed"],
    "plan": ["absent"],
}


@pytest.mark.parametrize("kind", HOLDING)
def test_a_conclusion_that_does_not_pass_holds_the_item(district: District, kind: str) -> None:
    item = vetting(district)
    for other in stories.PASSES.keys() - {kind}:
        stories.conclude(district, item, other)
    for conclusion in HOLDING[kind]:
        stories.conclude(district, item, kind, conclusion)
        assert state(item) == ItemState.VETTING
        check = standing_of(Item.objects.get(pk=item.pk)).check(kind)
        assert check is not None
        assert check.mark is Mark.REFUSED


def test_middle_risk_passes_once_its_measures_are_confirmed(district: District) -> None:
    item = vetting(district)
    for other in stories.PASSES.keys() - {"risk"}:
        stories.conclude(district, item, other)
    stories.conclude(district, item, "risk", "middle", measures_confirmed=True)
    assert state(item) == ItemState.SIGNING


@pytest.mark.parametrize("story", [stories.vetted_item, stories.ready_item])
def test_a_newer_conclusion_takes_a_passed_item_back(district: District, story) -> None:
    item = story(district)
    stories.conclude(district, item, "risk", "high", summary="征地群众意见很大")
    assert state(item) == ItemState.VETTING
    assert item.changes.last().verb == "recheck"


def test_a_ready_item_overturned_and_mended_gets_a_new_clearance(district: District) -> None:
    item = stories.ready_item(district)
    stories.conclude(district, item, "risk", "high", summary="征地群众意见很大")
    stories.conclude(district, item, "risk", "low")
    assert state(item) == ItemState.READY
    assert item.clearances.count() == 2


def test_a_check_done_anew_renews_the_clearance(district: District, clock: Clock) -> None:
    item = stories.ready_item(district)
    first = item.clearances.get()
    for kind in stories.PASSES:
        clock.forward(days=1)
        stories.conclude(district, item, kind)
    assert state(item) == ItemState.READY
    newest = item.clearances.latest("pk")
    assert (first.valid_until, newest.valid_until) == (date(2027, 11, 16), date(2027, 11, 17))


def test_the_reviewer_concludes_on_the_version_before_him(district: District) -> None:
    item = vetting(district)
    with stories.nothing_changes(item), pytest.raises(Refused, match="提交了新稿，现在是第1稿"):
        record_opinion(
            actor=district.lawyer, item=item, kind="legal", conclusion="lawful", digest="0" * 64,
            **stories.full_file("legal"),
        )  # fmt: skip


def test_a_conclusion_is_not_dated_ahead(district: District) -> None:
    item = vetting(district)
    with stories.nothing_changes(item), pytest.raises(Refused, match="完成日不能晚于今天"):
        stories.conclude(district, item, "legal", done_on=date(2026, 11, 17))


def test_work_done_before_filing_counts_from_its_own_day(district: District) -> None:
    opinion = stories.conclude(district, vetting(district), "research", done_on=date(2026, 8, 31))
    assert opinion.valid_until == date(2027, 8, 31)


def test_a_haste_of_the_legal_review_is_shown_not_refused(district: District) -> None:
    item = vetting(district)
    stories.conclude(district, item, "legal")
    check = standing_of(item).check("legal")
    assert check is not None
    assert check.note == "呈报后 0 个工作日作出，规则要求一般不少于 7 个工作日。"


def test_what_is_heard_needs_no_conclusion(district: District) -> None:
    item = stories.heard_item(district)
    with stories.nothing_changes(item), pytest.raises(Refused, match="按规则不需要合法性审查"):
        record_opinion(actor=district.lawyer, item=item, kind="legal", conclusion="lawful", digest=item.version.digest)


def test_a_withdrawn_item_is_concluded_no_more(district: District) -> None:
    item = vetting(district)
    withdraw_item(actor=district.head, item=item, reason="不再建设")
    with stories.nothing_changes(item), pytest.raises(Refused, match="现在是「撤回」，不能再作前置程序结论"):
        stories.conclude(district, item, "legal")
