"""What is missing and who has it, in sentences; and the same number of questions whatever the history."""

from agenda.items.lines import Mark
from agenda.items.models import Item
from agenda.items.services.approve_urgent import approve_urgent
from agenda.items.services.ask_urgent import ask_urgent
from agenda.items.services.revise_item import revise_item
from agenda.items.standing import standing_of
from tests.support import stories
from tests.support.cast import District
from tests.support.meetings import planned_meeting
from tests.support.time import Clock


def test_a_draft_lies_with_its_unit(district: District) -> None:
    standing = standing_of(stories.drafted_item(district))
    assert standing.sentence == "还没有呈报，呈报单在教体局手里。"
    assert (standing.checks, standing.signatures) == ((), ())


def test_a_filed_item_waits_for_acceptance_and_its_checks(district: District) -> None:
    standing = standing_of(stories.filed_item(district))
    assert standing.missing == (
        "等秘书科受理。",
        "调查研究还没有结论，请林知微（单位负责人）办理。",
        "专家论证还没有结论，请梁思齐（议题联络员）办理。",
        "风险评估还没有结论，请贺北辰（风险评估审核人）办理。",
        "合法性审查还没有结论，请卢正言（合法性审查人）办理。",
        "预案还没有结论，请梁思齐（议题联络员）办理。",
    )


def test_a_late_item_waits_for_the_secretary(district: District, clock: Clock) -> None:
    planned_meeting(district)
    clock.set("2026-11-20 08:30")
    item = stories.filed_item(district)
    late = "逾期呈报：11月26日（周四）会议的呈报截止日是11月19日（周四）。"
    assert standing_of(item).missing[0] == f"{late}请教体局写明理由申请急件，由书记批准；或者等下次会议排定后再受理。"
    ask_urgent(actor=district.liaison, item=item, reason="招生在即")
    assert standing_of(item).missing[0] == f"{late}急件申请已经提出，等书记批准后即可受理。"
    approve_urgent(actor=district.secretary, item=item, digest=item.version.digest)
    assert standing_of(item).missing[0] == "等秘书科受理。"


def test_a_signing_item_says_whose_turn_it_is_and_since_when(district: District, clock: Clock) -> None:
    item = stories.vetted_item(district)
    clock.set("2026-11-17 09:00")
    stories.sign_next(district, item)
    standing = standing_of(Item.objects.get(pk=item.pk))
    assert standing.sentence == "还差 4 道签批，现在等分管领导闻人澈签批。"
    assert [line.mark for line in standing.signatures] == [Mark.DONE, Mark.NOW, *[Mark.WAITING] * 3]
    turn = standing.turn
    assert turn is not None
    assert (turn.who, turn.since) == ("闻人澈", standing.signatures[0].signature.signed_at)


def test_the_leaders_backup_is_named(district: District) -> None:
    item = stories.vetted_item(district, unit="财政局", matter_kind="大额资金", presenter="曹以谦")
    stories.sign_on(district, item, until="leader_in_charge")
    sentence = standing_of(Item.objects.get(pk=item.pk)).sentence
    assert sentence == "还差 4 道签批，现在等分管领导岑以宁签批（外出时由AB角闻人澈代签）。"


def test_a_ready_item_lacks_nothing(district: District) -> None:
    standing = standing_of(stories.ready_item(district))
    assert (standing.missing, standing.signed, standing.checks_passed) == ((), True, True)
    assert str(standing.valid_until) == "2027-11-16"


def test_high_risk_is_said_with_the_way_out(district: District) -> None:
    item = stories.accepted_item(district, title="垃圾处理设施选址", unit="住建局", presenter="丁筑")
    stories.conclude(district, item, "risk", "high", summary="周边群众反对强烈")
    check = standing_of(item).check("risk")
    assert check is not None
    assert check.sentence == "风险评估为高风险，不能上会。请采取措施降低风险、提交新稿后重新评估。"


def test_the_number_of_questions_does_not_grow(district: District, django_assert_num_queries) -> None:
    first = stories.filed_item(district)
    for _ in range(3):
        stories.accept(district, first)
        stories.conclude(district, first, "legal")
        revise_item(actor=district.liaison, item=first, reason="改")
    second = stories.vetted_item(district)
    # A filed item is asked whether it came in time, one in signing since when its signer is waited for; of a leader
    # and his AB角, whether they are 停职.
    for item, facts, words in ((first, 7, 9), (second, 8, 7)):
        loaded = Item.objects.select_related("unit", "leader").get(pk=item.pk)
        with django_assert_num_queries(facts):
            standing = standing_of(loaded)
        with django_assert_num_queries(words):
            _ = standing.sentence, [check.holders for check in standing.checks]
            _ = [(line.who, line.person, line.backup) for line in standing.signatures]
