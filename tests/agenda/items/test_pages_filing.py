"""Typing, uploading and filing in the browser."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agenda.items.models import Attachment, Item, ItemDraft
from agenda.items.services.save_draft import save_draft
from agenda.items.services.send_back import send_back
from agenda.items.sheet import Sheet
from agenda.items.sheet_form import as_sent, content_of
from tests.agenda.items.pages_story import (
    DIRECTOR,
    HEAD,
    LEADER,
    LIAISON,
    OFFICE,
    as_,
    at,
    revision,
    seen,
    typed_sheet,
    words,
)
from tests.support.meetings import planned_meeting
from tests.support.stories import drafted_item, filed_item, pdf, ready_item, school_sheet, vetted_item


def draft_of(item: Item) -> Sheet:
    return Sheet.from_json(ItemDraft.objects.get(item=item).content)


def upload(name: str = "可研报告.pdf", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf(name) if data is None else data)


def test_a_draft_begins_with_what_the_district_knows(district) -> None:
    answer = as_(LIAISON).post(reverse("agenda:item_new"), {"unit": district.unit("教体局").pk})
    item = Item.objects.latest("pk")
    assert answer.url == at("item_edit", item)
    sheet = draft_of(item)
    assert (sheet.leader, sheet.presenter) == (district.leader.person.pk, "林知微")
    refused = as_(LIAISON).post(reverse("agenda:item_new"), {"unit": district.unit("住建局").pk})
    assert refused.status_code == 409
    assert Item.objects.latest("pk") == item


def test_who_files_for_no_unit_is_told_who_does(district) -> None:
    refused = as_(LEADER).get(reverse("agenda:item_new"))
    assert refused.status_code == 409
    assert "议题由单位的议题联络员或负责人起草" in words(refused)


def test_it_is_saved_as_one_types(district) -> None:
    item = drafted_item(district)
    sent = typed_sheet(district, title="关于新建城东学校的汇报", amount="1.62亿元") | {"version": revision(item)}
    answer = as_(LIAISON).post(at("item_autosave", item), sent)
    assert answer.status_code == 200
    assert answer.json()["version"] == revision(item) == 2
    assert draft_of(item).amount == Decimal(162_000_000)
    assert Item.objects.get(pk=item.pk).title == "关于新建城东学校的汇报"


def test_of_two_editors_the_second_is_shown_both_texts(district) -> None:
    item = drafted_item(district)
    first = typed_sheet(district, title="甲改的", attendants=("审计局",)) | {"version": 1}
    second = typed_sheet(district, title="乙改的") | {"version": 1}
    as_(LIAISON).post(at("item_autosave", item), first)
    answer = as_(HEAD).post(at("item_autosave", item), second)
    assert answer.status_code == 409
    said = answer.json()
    assert (said["who"], said["version"]) == (LIAISON, 2)
    assert said["theirs"]["title"] == "甲改的"
    assert said["theirs"]["attendants"] == [str(district.unit("审计局").pk)]
    assert draft_of(item).title == "甲改的"


def test_without_scripts_the_second_gets_both_texts_on_the_page(district) -> None:
    item = drafted_item(district)
    as_(LIAISON).post(at("item_autosave", item), typed_sheet(district, title="甲改的") | {"version": 1})
    answer = as_(HEAD).post(at("item_edit", item), typed_sheet(district, title="乙改的") | {"version": 1})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "梁思齐于" in page
    assert "<del>甲</del><ins>乙</ins>" in page
    assert "乙改的</textarea>" in page
    assert 'name="version" value="2"' in page
    assert draft_of(item).title == "甲改的"
    assert (
        as_(HEAD).post(at("item_edit", item), typed_sheet(district, title="乙改的") | {"version": 2}).status_code == 302
    )
    assert draft_of(item).title == "乙改的"


def test_who_edits_in_two_windows_is_not_told_of_somebody_else(district) -> None:
    item = drafted_item(district)
    as_(LIAISON).post(at("item_autosave", item), typed_sheet(district, title="甲改的") | {"version": 1})
    other = typed_sheet(district, title="乙改的") | {"version": 1}
    assert as_(LIAISON).post(at("item_autosave", item), other).json()["who"] == "您在另一个窗口"
    page = words(as_(LIAISON).post(at("item_edit", item), other))
    assert "您在另一个窗口于" in page and "删除线是您在另一个窗口写的" in page
    assert draft_of(item).title == "甲改的"


def test_what_is_filed_is_read_whole_before_it_is_filed(district) -> None:
    page = words(as_(LIAISON).get(at("item_submit", drafted_item(district))))
    assert "学位缺口2,160个" in page
    assert "均无不同意见" in page


def test_what_cannot_be_saved_is_said_at_its_field(district) -> None:
    item = filed_item(district)
    sent = typed_sheet(district, unit="住建局", leader="岑以宁") | {"version": revision(item)}
    answer = as_(LIAISON).post(at("item_autosave", item), sent)
    assert answer.status_code == 400
    assert "不能更换提报单位" in answer.json()["errors"]["unit"][0]
    assert "不能更换提报单位" in words(as_(LIAISON).post(at("item_edit", item), sent))
    assert draft_of(item).unit == district.unit("教体局").pk


@pytest.mark.parametrize("amount", ["123456789.12", "1.8亿元", "95", "4863000000"])
def test_a_form_sent_as_it_was_shown_changes_nothing(district, amount) -> None:
    sheet = Sheet.from_json(school_sheet(district, amount=amount, urgent=True, urgent_reason="汛期将至"))
    assert Sheet.from_json(content_of(as_sent(sheet))) == sheet


def test_what_cannot_be_read_stays_as_it_was_typed(district) -> None:
    item = drafted_item(district)
    sent = typed_sheet(district, amount="一亿八千万左右") | {"version": 1}
    assert as_(LIAISON).post(at("item_autosave", item), sent).status_code == 200
    page = words(as_(LIAISON).get(at("item_edit", item)))
    assert "金额看不懂" in page
    assert 'value="一亿八千万左右"' in as_(LIAISON).get(at("item_edit", item)).content.decode()


def test_an_incomplete_sheet_comes_back_with_a_sentence_at_each_field(district) -> None:
    item = drafted_item(district)
    sent = typed_sheet(district, title="", matters=[], leader=None) | {"version": 1, "leader": "", "then": "submit"}
    answer = as_(LIAISON).post(at("item_edit", item), sent, follow=True)
    assert answer.request["QUERY_STRING"] == "check=1"
    page = answer.content.decode()
    for name in ("title", "matters", "leader"):
        assert f'<a href="#id_{name}">' in page
    assert page.count('aria-invalid="true"') == 3
    assert "可选：闻人澈" in page
    assert Item.objects.get(pk=item.pk).state == "draft"


def test_the_side_says_what_is_lacking_until_when_by_which_way(district) -> None:
    planned_meeting(district)
    item = drafted_item(district, title="")
    side = words(as_(LIAISON).get(at("item_edit", item) + "?part=side"))
    assert "请填写议题。" in side
    assert "最近的一次常委会：11月26日（周四）" in side
    assert "呈报截止：11月19日（周四） 3 天后" in side
    assert "签批路线政府系统" in side


def test_a_long_report_is_a_remark(district) -> None:
    item = drafted_item(district)
    sheet = school_sheet(district, minutes=25)
    save_draft(actor=district.liaison, item=item, content=sheet, revision=1)
    assert "汇报 25 分钟，超过规则建议的 10 分钟" in words(as_(LIAISON).get(at("item_edit", item)))


def test_papers_come_and_go_in_place(district) -> None:
    item = drafted_item(district)
    browser = as_(LIAISON)
    given = {"kind": Attachment.Kind.FEASIBILITY, "file": [upload("可研.pdf"), upload("病毒.exe", b"MZ")]}
    part = browser.post(at("item_add_paper", item), given, headers={"HX-Request": "true"})
    assert part.headers["HX-Trigger"] == "saved"
    said = words(part)
    assert "可研.pdf" in said
    assert "「病毒.exe」的内容不是可接收的类型" in said
    paper = item.attachments.get(kind=Attachment.Kind.FEASIBILITY)
    gone = browser.post(at("item_remove_paper", item, paper.pk), headers={"HX-Request": "true"})
    assert "可研.pdf" not in words(gone)
    assert item.attachments.filter(removed_at=None).count() == 1


def test_without_scripts_papers_lead_back_to_the_sheet(district) -> None:
    item = drafted_item(district)
    browser = as_(LIAISON)
    answer = browser.post(at("item_add_paper", item), {"kind": "paper", "file": upload("汇报.pdf")}, follow=True)
    assert "已加入「汇报.pdf」" in words(answer)
    assert "请选择文件文件。" in words(browser.post(at("item_add_paper", item), {"kind": "paper"}, follow=True))


def test_it_is_filed_after_it_was_read_over(district) -> None:
    item = drafted_item(district)
    browser = as_(LIAISON)
    page = words(browser.get(at("item_submit", item)))
    for sentence in ("同意新建城东学校，总投资1.8亿元", "180,000,000 元", "政府常务会议纪要.pdf", "分管领导 闻人澈"):
        assert sentence in page
    answer = browser.post(at("item_submit", item), {"seen": seen(item)}, follow=True)
    assert "已呈报，等秘书科受理。" in words(answer)
    assert str(Item.objects.get(pk=item.pk).number) == "〔2026〕1号"


def test_what_somebody_changed_meanwhile_is_not_filed(district) -> None:
    item = drafted_item(district)
    answer = as_(LIAISON).post(at("item_submit", item), {"seen": "0" * 64}, follow=True)
    assert "请重新核对" in words(answer)
    assert Item.objects.get(pk=item.pk).state == "draft"


def test_a_new_version_shows_its_changes_and_asks_why(district) -> None:
    item = vetted_item(district)
    browser = as_(LIAISON)
    sent = typed_sheet(district, amount="2亿元") | {"version": revision(item), "then": "submit"}
    page = browser.post(at("item_edit", item), sent, follow=True).content.decode()
    assert "第1稿上的签字全部作废" in page
    assert "<del>1.8</del><ins>2</ins>" in page
    refused = browser.post(at("item_submit", item), {"seen": seen(item), "reason": ""})
    assert "请填写改了什么、为什么改。" in words(refused)
    assert item.versions.count() == 1
    done = browser.post(at("item_submit", item), {"seen": seen(item), "reason": "概算调整"}, follow=True)
    assert "新稿已提交" in words(done)
    assert item.versions.count() == 2


def test_the_sheet_of_a_returned_item_says_what_to_mend(district) -> None:
    item = filed_item(district)
    send_back(actor=district.office, item=item, reason="请补充资金来源。")
    assert "请补充资金来源。（周予安" in words(as_(LIAISON).get(at("item_edit", item)))
    page = words(as_(LIAISON).get(at("item_detail", item)))
    assert "已退回修改" in page
    assert "修改后重新呈报" in page


def test_it_is_withdrawn_with_a_reason(district) -> None:
    item = filed_item(district)
    browser = as_(LIAISON)
    assert "请填写撤回理由。" in words(browser.post(at("item_withdraw", item), {"reason": ""}))
    done = browser.post(at("item_withdraw", item), {"reason": "合并到下一批"}, follow=True)
    assert "已撤回「关于新建城东学校的请示」。" in words(done)
    assert "合并到下一批" in words(browser.get(at("item_detail", item)))


@pytest.mark.parametrize("name", [OFFICE, DIRECTOR])
def test_a_cleared_item_says_what_comes_next(district, name) -> None:
    planned_meeting(district)
    page = words(as_(name).get(at("item_detail", ready_item(district))))
    assert "可以上会" in page
    assert "等秘书科列入会议" in page
    assert "最近的一次常委会在11月26日（周四）" in page
