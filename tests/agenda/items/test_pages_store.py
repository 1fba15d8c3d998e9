"""The list of items, its filters and workbook, an item's tabs and papers, and what they cost."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from agenda.items.models import Item
from agenda.items.services.add_attachment import add_attachment
from agenda.items.services.remove_attachment import remove_attachment
from agenda.items.services.revise_item import revise_item
from agenda.items.services.save_draft import save_draft
from common import clock
from common.documents.services.make_document import make_next
from tests.agenda.items.pages_story import (
    HEAD,
    LAWYER,
    LEADER,
    LIAISON,
    MAYOR,
    OFFICE,
    SECRETARY,
    STRANGERS,
    as_,
    at,
    revision,
    words,
)
from tests.support.stories import accept, accepted_item, filed_item, pdf, ready_item, school_sheet, vetted_item

STORE = reverse("agenda:items")


def queries(browser: Client, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


def many_drafts(district, number: int) -> None:
    """Drafts of 教体局, as its liaison sees them in the list."""
    Item.objects.bulk_create(
        Item(
            committee=district.committee,
            unit=district.unit("教体局"),
            title=f"关于第{no}所学校的请示",
            created_by=district.liaison.person,
            created_at=clock.now(),
        )
        for no in range(number)
    )


def test_filters_stay_in_the_address_and_go_one_by_one(district) -> None:
    filed_item(district)
    filed_item(district, title="关于老旧小区改造的请示", unit="住建局", presenter="丁筑")
    browser = as_(OFFICE)
    page = browser.get(
        STORE, {"q": "学校", "state": "submitted", "unit": district.unit("教体局").pk, "order": "-amount"}
    )
    assert "1 件符合条件" in words(page)
    assert "关于新建城东学校的请示" in words(page)
    assert "老旧小区" not in words(page)
    text = page.content.decode()
    assert "状态：已呈报" in text
    assert "q=%E5%AD%A6%E6%A0%A1&amp;unit=" in text, "one filter's chip leads to the address of the others"
    assert "没有符合条件的议题" in words(browser.get(STORE, {"q": "不存在"}))
    assert "2 件" in words(browser.get(STORE, {"year": "2026"}))
    assert "2 件" in words(browser.get(STORE, {"state": "no-such-state"}))
    assert "1 件符合条件" in words(browser.get(STORE, {"q": "2"})), "by its number"


def test_the_biggest_sum_comes_first_where_it_is_asked(district) -> None:
    filed_item(district, title="大", amount="9亿元")
    filed_item(district, title="小", amount="9万元")
    filed_item(district, title="没有", amount="")
    browser = as_(OFFICE)
    for order, expected in (("amount", "小大没有"), ("-amount", "大小没有"), ("", "没有小大")):
        found = browser.get(STORE, {"order": order}).context["page"].object_list
        assert "".join(item.title for item in found) == expected


def test_the_workbook_holds_the_filtered_rows(district) -> None:
    filed_item(district)
    filed_item(district, title="=cmd()", unit="住建局", presenter="丁筑")
    answer = as_(OFFICE).get(STORE, {"format": "xlsx", "q": "学校"})
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert rows[0][:3] == ("编号", "议题", "提报单位")
    assert len(rows) == 2
    assert rows[1][:4] == ("议〔2026〕1号", "关于新建城东学校的请示", "教体局", "闻人澈")
    assert rows[1][6] == 180_000_000
    whole = load_workbook(BytesIO(as_(OFFICE).get(STORE, {"format": "xlsx"}).content)).active
    assert whole["B2"].data_type == "s", "a title is never a formula"
    assert whole.freeze_panes == "B2"


def test_an_empty_store_says_what_to_do(district) -> None:
    assert "还没有议题" in words(as_(LIAISON).get(STORE))
    assert "经您签批、审核或者授权您查阅的议题会列在这里" in words(as_(LEADER).get(STORE))


def test_the_list_costs_the_same_at_any_length(district) -> None:
    browser = as_(LIAISON)
    counts = []
    for more in (5, 45, 450):
        many_drafts(district, more)
        counts.append(queries(browser, STORE))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 14


@pytest.mark.long
def test_a_page_costs_the_same_whatever_its_history(district) -> None:
    long = vetted_item(district)
    for no in range(2):
        content = school_sheet(district, amount=f"{no + 2}亿元")
        save_draft(actor=district.liaison, item=long, content=content, revision=revision(long))
        revise_item(actor=district.liaison, item=Item.objects.get(pk=long.pk), reason="调整")
        accept(district, long)
    short = accepted_item(district, title="关于新建城北学校的请示")
    for name in (LIAISON, LAWYER, OFFICE, SECRETARY):
        browser = as_(name)
        for tab in ("", "?tab=papers", "?tab=opinions", "?tab=history"):
            one, other = (queries(browser, at("item_detail", item) + tab) for item in (short, long))
            assert abs(one - other) <= 2, (name, tab, one, other)
            assert max(one, other) <= 50


def test_tabs_show_papers_differences_and_history(district) -> None:
    item = vetted_item(district)
    content = school_sheet(district, amount="2亿元")
    save_draft(actor=district.liaison, item=item, content=content, revision=revision(item))
    revise_item(actor=district.liaison, item=Item.objects.get(pk=item.pk), reason="概算调整")
    browser = as_(OFFICE)
    assert "第 2 稿与第 1 稿的不同" in words(browser.get(at("item_detail", item)))
    assert "<del>1.8</del><ins>2</ins>" in browser.get(at("item_detail", item) + "?tab=diff").content.decode()
    history = words(browser.get(at("item_detail", item) + "?tab=history"))
    for sentence in ("提交新稿", "概算调整", "合法性审查：合法", "转签批", "呈报"):
        assert sentence in history
    old = words(browser.get(at("item_detail", item) + "?version=1"))
    assert "这是旧稿，不再有效" in old
    assert "180,000,000 元" in old


def test_a_paper_that_was_changed_stands_there_before_and_after_to_be_opened(district) -> None:
    item = vetted_item(district)
    old = item.attachments.get()
    remove_attachment(actor=district.liaison, attachment=old)
    new = add_attachment(actor=district.liaison, item=item, name=old.file.name, kind=old.kind, data=pdf("另一稿"))
    revise_item(actor=district.liaison, item=Item.objects.get(pk=item.pk), reason="纪要换了一稿")
    browser = as_(OFFICE)
    page = browser.get(at("item_detail", item) + "?tab=diff").content.decode()
    assert "校验值" not in page
    for paper, when in ((old, "原来的"), (new, "现在的")):
        address = at("item_paper", item, paper.pk)
        assert re.search(rf'<a href="{address}">{old.file.name}</a><span class="file-note"><span>{when}</span>', page)
        assert status(browser.get(address)) == 200


def test_a_day_on_the_way_of_an_item_stays_whole(district) -> None:
    page = as_(OFFICE).get(at("item_detail", vetted_item(district))).content.decode()
    assert re.search(r'<p class="path-when">[^<]+ <span class="day">\d+月\d+日（周.）</span></p>', page)


# Papers


def status(answer: Any) -> int:
    if hasattr(answer, "streaming_content"):
        list(answer.streaming_content)
    return answer.status_code


def test_papers_are_served_to_those_who_see_the_item(district) -> None:
    item = accepted_item(district)
    address = at("item_paper", item, item.attachments.get().pk)
    for name in (LIAISON, LEADER, OFFICE, LAWYER):
        answer = as_(name).get(address)
        assert status(answer) == 200
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert {status(as_(name).get(address)) for name in STRANGERS} == {404}


def test_a_paper_of_the_working_text_is_for_those_who_work_on_it(district) -> None:
    item = accepted_item(district)
    new = add_attachment(actor=district.liaison, item=item, name="未定稿.pdf", data=pdf("未定稿"))
    address = at("item_paper", item, new.pk)
    assert {name: status(as_(name).get(address)) for name in (LIAISON, HEAD, LEADER, OFFICE)} == {
        LIAISON: 200,
        HEAD: 200,
        LEADER: 404,
        OFFICE: 404,
    }


def test_a_paper_under_the_address_of_another_item_is_not_there(district) -> None:
    one, other = accepted_item(district), accepted_item(district, title="关于新建城西学校的请示")
    assert status(as_(OFFICE).get(at("item_paper", one, other.attachments.get().pk))) == 404


def test_the_sheet_is_printed_for_those_who_see_it(district) -> None:
    item = ready_item(district)
    address = at("item_pdf", item)
    waiting = as_(MAYOR).get(address)
    assert waiting.status_code == 202
    assert waiting["Refresh"]
    assert make_next(0)
    printed = as_(MAYOR).get(address)
    assert printed["Content-Type"] == "application/pdf"
    assert b"".join(printed.streaming_content).startswith(b"%PDF")
    assert as_(STRANGERS[0]).get(address).status_code == 404


@pytest.mark.parametrize("name", [LIAISON, HEAD])
def test_a_draft_has_no_printed_sheet(district, name) -> None:
    item = filed_item(district)
    assert as_(name).get(at("item_pdf", item)).status_code == 202
    many_drafts(district, 1)
    assert as_(name).get(at("item_pdf", Item.objects.latest("pk"))).status_code == 404
