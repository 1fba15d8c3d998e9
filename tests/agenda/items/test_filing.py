"""What may be filed, with which body, by which route, under which leader."""

import pytest

from agenda.items.filing import examine
from agenda.items.models import Attachment
from agenda.items.services.submit_item import submit_item
from agenda.items.sheet import Sheet
from agenda.rules.models import Handling
from committee.bodies.models import Body
from common import clock
from common.services import Refused
from tests.support import stories
from tests.support.cast import District

MINUTES = {Attachment.Kind.GOVERNMENT_MINUTES}


def problems(district: District, attached: set = MINUTES, **changes: object) -> dict[str, str]:
    return examine(Sheet.from_json(stories.school_sheet(district, **changes)), attached, clock.today()).problems


def test_a_complete_sheet_has_no_problem(district: District) -> None:
    filing = examine(Sheet.from_json(stories.school_sheet(district)), MINUTES, clock.today())
    assert filing.problems == {}
    assert filing.route is not None
    assert filing.route.code == "government"


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("title", "请填写议题。"),
        ("matter_kind", "请填写事项类别。"),
        ("reason", "请填写事由。"),
        ("matters", "请填写需议决事项。"),
        ("presenter", "请填写汇报人。"),
        ("minutes", "请填写汇报时长。"),
    ],
)
def test_each_empty_field_is_named(district: District, field: str, sentence: str) -> None:
    sheet = Sheet.from_json(stories.school_sheet(district) | {field: ""})
    assert examine(sheet, MINUTES, clock.today()).problems == {field: sentence}


def test_a_large_fund_needs_its_amount(district: District) -> None:
    assert problems(district, major_kinds=["fund"], amount="") == {"amount": "请填写涉及金额。"}


def test_an_amount_in_words_is_asked_again(district: District) -> None:
    assert problems(district, amount="一点八亿") == {
        "amount": "金额看不懂。请写成 1.8亿元、9500万元 或 180,000,000 元。"
    }


def test_a_report_longer_than_the_rule_is_filed_with_a_word_about_it(district: District) -> None:
    assert problems(district, minutes=15) == {}
    sheet = Sheet.from_json(stories.school_sheet(district, minutes=15))
    assert examine(sheet, MINUTES, clock.today()).notes == ("汇报时长 15 分钟，超过规定的 10 分钟，请尽量精简。",)


def test_a_text_longer_than_the_rule_is_not_filed(district: District) -> None:
    """Counted without blanks, over 事由, 需议决事项 and 协调情况 together; the rule allows 3,000."""
    short = {"matters": ["同意"], "coordination": "无异议。"}
    assert problems(district, reason="一二三四 " * 748 + "五六", **short) == {}
    assert problems(district, reason="一二三四 " * 748 + "五六七", **short) == {
        "reason": "事由、需议决事项、协调情况共 3,001 字，超过规定的 3,000 字。请精简，详细内容放入附件。"
    }
    item = stories.drafted_item(district, reason="长" * 3000)
    with stories.nothing_changes(item), pytest.raises(Refused, match=r"共 3,0\d\d 字，超过规定的 3,000 字"):
        submit_item(actor=district.liaison, item=item)


def test_a_report_of_many_hours_is_a_slip(district: District) -> None:
    assert problems(district, minutes=500) == {"minutes": "汇报时长须在 1 至 480 分钟之间。"}


def test_an_urgent_sheet_gives_its_reason(district: District) -> None:
    assert problems(district, urgent=True) == {"urgent_reason": "请填写急件理由。"}


# body, matter, handling → the field that is wrong, or none (rules.md §1, §8)
FITS = [
    ("standing", "重大项目", "discuss", ""),
    ("standing", "提请全委会事项", "discuss", ""),
    ("standing", "年度工作报告", "discuss", "target_body"),
    ("standing", "年度工作报告", "hear", ""),
    ("plenary", "年度工作报告", "discuss", ""),
    ("plenary", "重大项目", "discuss", "target_body"),
    ("plenary", "常委会提请事项", "ballot", ""),
    ("secretary_meeting", "应急沟通", "discuss", "handling"),
    ("secretary_meeting", "应急沟通", "hear", ""),
    ("secretary_meeting", "重大项目", "discuss", "handling"),
    ("standing", "应急沟通", "ballot", "handling"),
    ("congress", "重大项目", "discuss", "target_body"),
    ("standing", "干部推荐任免奖惩", "discuss", "matter_kind"),
    ("standing", "干部推荐任免奖惩", "hear", "matter_kind"),
    ("plenary", "选举及递补", "ballot", "matter_kind"),
    ("standing", "分管领导职权内的日常工作", "discuss", "matter_kind"),
    ("standing", "分管领导职权内的日常工作", "hear", "matter_kind"),
]


@pytest.mark.parametrize(("body", "matter", "handling", "wrong"), FITS)
def test_the_body_must_be_the_one_that_may_decide(
    district: District, body: str, matter: str, handling: str, wrong: str
) -> None:
    found = problems(district, matter_kind=matter, target_body=body, handling=handling)
    assert list(found) == ([wrong] if wrong else [])


def test_the_plenary_s_matter_is_shown_its_way(district: District) -> None:
    assert problems(district, matter_kind="年度工作报告")["target_body"] == (
        "「年度工作报告」须由全委会决定，常委会不能代为决定。请把事项类别改为「提请全委会事项」，由常委会讨论后提请。"
    )


def test_cadre_matters_are_sent_to_the_organisation_department(district: District) -> None:
    found = problems(district, matter_kind="干部推荐任免奖惩", unit="组织部")
    assert found == {"matter_kind": "干部事项不走议题呈报，由组织部按干部选任程序办理；本程序目前还不受理干部事项。"}
    assert problems(district, major_kinds=["cadre"]) == found


ROUTES = [
    ("教体局", Handling.DISCUSS, "government"),
    ("教体局", Handling.BALLOT, "government"),
    ("教体局", Handling.HEAR, "party"),
    ("教体局", Handling.CONVEY, "inform"),
    ("石桥镇", Handling.DISCUSS, "government"),
    ("宣传部", Handling.DISCUSS, "party"),
    ("宣传部", Handling.CONVEY, "inform"),
    ("政府办", Handling.DISCUSS, "party"),
]


@pytest.mark.parametrize(("unit", "handling", "code"), ROUTES)
def test_the_route_follows_the_unit_and_the_handling(
    district: District, unit: str, handling: Handling, code: str
) -> None:
    sheet = Sheet.from_json(stories.school_sheet(district, unit=unit, handling=handling))
    route = examine(sheet, MINUTES, clock.today()).route
    assert route is not None
    assert route.code == code


def test_the_government_s_route_asks_for_its_minutes(district: District) -> None:
    assert problems(district, attached={Attachment.Kind.PAPER}) == {
        "attachments": "按政府系统呈报须附《政府常务会议纪要》。请上传并把附件种类选为「政府常务会议纪要」。"
    }


def test_the_leader_is_the_one_in_charge_on_that_day(district: District) -> None:
    assert problems(district, leader="岑以宁") == {"leader": "所选领导按今天的分工不分管教体局。可选：闻人澈。"}
    assert problems(district, leader="闻人澈") == {}


def test_a_unit_of_two_leaders_chooses_one_of_them(district: District) -> None:
    for name in ("顾维桢", "祁连山"):
        assert problems(district, unit="农业农村局", leader=name) == {}
    assert "可选：顾维桢、祁连山" in problems(district, unit="农业农村局", leader="闻人澈")["leader"]


def test_a_township_without_a_leader_in_charge_names_any_leader_but_the_secretary(district: District) -> None:
    assert problems(district, unit="青岩镇", leader="岑以宁") == {}
    assert problems(district, unit="青岩镇", leader="邬思远") == {}
    assert "leader" in problems(district, unit="青岩镇", leader="沈砚清")
    assert "leader" in problems(district, unit="青岩镇", leader="唐砺")


def test_conveying_needs_no_leader(district: District) -> None:
    sheet = Sheet.from_json(
        stories.school_sheet(district, unit="宣传部", handling="convey", matter_kind="传达贯彻上级")
    )
    filing = examine(sheet.but(leader=None), set(), clock.today())
    assert (filing.needs_leader, filing.problems) == (False, {})


def test_a_body_of_the_sheet_is_one_of_the_bodies(district: District) -> None:
    assert Sheet.from_json({"target_body": "council"}).unread == (("target_body", "council"),)
    assert Sheet().target_body == Body.Kind.STANDING


def test_the_questions_asked_of_the_database_are_few(district: District, django_assert_max_num_queries) -> None:
    sheet = Sheet.from_json(stories.school_sheet(district))
    with django_assert_max_num_queries(9):
        examine(sheet, MINUTES, clock.today())
