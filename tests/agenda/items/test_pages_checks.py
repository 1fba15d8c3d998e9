"""Before a check: when it begins, how long legal review has, and the whole new text before its reviewer."""

import pytest

from agenda.items.models import Item
from agenda.items.services.record_opinion import record_opinion
from agenda.items.services.waive_check import waive_check
from common.services import Refused
from tests.agenda.items.pages_story import HEAD, LAWYER, LIAISON, as_, at, words
from tests.agenda.items.services.test_confirm_opinion import revised, taken_in
from tests.support.meetings import planned_meeting
from tests.support.stories import (
    accept,
    accepted_item,
    conclude,
    drafted_item,
    filed_item,
    full_file,
    nothing_changes,
    vetted_item,
)

LATER = "还没有受理，等秘书科受理后办理。"
DAYS = "呈报后一般不少于 7 个工作日，最早11月25日（周三）作出。"


def test_no_reviewer_is_led_to_a_check_before_the_item_is_accepted(district) -> None:
    item = filed_item(district)
    for name, kind in ((LIAISON, "expert"), (LAWYER, "legal")):
        page = as_(name).get(at("item_detail", item))
        assert LATER in words(page)
        assert at("item_check", item, kind) not in page.content.decode()
        assert as_(name).get(at("item_check", item, kind)).status_code == 409
        assert "办理" not in words(as_(name).get("/")).split("待我办")[1].split("我的议题")[0]
    accept(district, item)
    page = as_(LAWYER).get(at("item_detail", item))
    assert LATER not in words(page)
    assert at("item_check", item, "legal") in page.content.decode()


def test_a_check_is_neither_concluded_nor_waived_before_the_item_is_accepted(district) -> None:
    item = filed_item(district)
    given = {"item": item, "kind": "legal", "digest": item.version.digest}
    said = "还没有受理，现在不能作前置程序结论。请等秘书科受理后办理"
    with nothing_changes(item), pytest.raises(Refused, match=said):
        record_opinion(actor=district.lawyer, conclusion="lawful", **given, **full_file("legal"))
    with nothing_changes(item), pytest.raises(Refused, match=said):
        waive_check(actor=district.director, **given | {"kind": "expert"}, reason="不涉及")


def test_the_unit_reads_from_when_on_legal_review_may_be_done(district) -> None:
    draft = drafted_item(district, title="关于新建城西学校的请示")
    assert DAYS in words(as_(LIAISON).get(at("item_submit", draft)))
    planned_meeting(district)
    item = filed_item(district)
    assert f"合法性审查{DAYS}" in words(as_(HEAD).get(at("item_detail", item)))
    accept(district, item)
    page = words(as_(LIAISON).get(at("item_detail", item)))
    assert f"合法性审查{DAYS}" in page
    assert "前置程序和签批须在11月23日（周一）前办齐" in page


def test_the_reviewer_reads_both_days_and_may_still_be_quicker(district) -> None:
    planned_meeting(district)
    item = accepted_item(district)
    page = words(as_(LAWYER).get(at("item_check", item, "legal")))
    for said in (DAYS, "须在11月23日（周一）前办齐", "提前作出的照常记录"):
        assert said in page
    assert "最早11月25日" not in words(as_(LIAISON).get(at("item_check", item, "expert")))
    conclude(district, item, "legal")
    page = words(as_(LAWYER).get(at("item_detail", item)))
    assert "呈报后 0 个工作日作出，规则要求一般不少于 7 个工作日。" in page
    assert DAYS not in page


def test_who_confirms_on_a_new_version_has_the_changes_and_then_its_whole_text(district) -> None:
    item = taken_in(district, vetted_item(district))
    answer = as_(LAWYER).get(at("item_confirm", item, "legal"))
    changes, whole = words(answer).split("议题呈报单", 1)
    assert "补充了学位测算。" in changes
    for said in ("同意新建城东学校，总投资1.8亿元", "补充了学位测算。", "均无不同意见"):
        assert said in whole
    page = answer.content.decode()
    assert at("item_pdf", item) in page
    assert at("item_paper", item, item.attachments.get().pk) in page


def test_a_new_version_is_confirmed_on_no_page_before_it_is_accepted(district) -> None:
    item = revised(district, vetted_item(district))
    page = as_(LAWYER).get(at("item_detail", item))
    assert "确认合法性审查" in words(page) and LATER in words(page)
    assert at("item_confirm", item, "legal") not in page.content.decode()
    assert as_(LAWYER).get(at("item_confirm", item, "legal")).status_code == 409
    assert Item.objects.get(pk=item.pk).opinions.count() == 5
