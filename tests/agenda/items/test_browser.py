"""The sheet in Chromium: two editors at once, units by touch, mended and filed without leaving it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from agenda.items.models import ItemDraft
from common.identity.models import Account
from tests.agenda.items.pages_story import HEAD, LIAISON
from tests.support.cast import District
from tests.support.stories import drafted_item, pdf

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


def account(name: str) -> Account:
    return Account.objects.get(acting__person__name=name)


def test_of_two_editors_the_second_chooses_field_by_field(site: Any, district: District, open_page: OpenPage) -> None:
    item = drafted_item(district)
    liaison, head = open_page(account(LIAISON)), open_page(account(HEAD))
    for page in (liaison, head):
        page.goto(f"/items/{item.pk}/edit/")
    attendants = liaison.get_by_role("group", name="建议列席单位")
    attendants.get_by_text("增减单位").click()
    attendants.get_by_label("审计局").check()
    attendants.get_by_label("发改局").uncheck()
    liaison.get_by_label("协调情况").fill("已协商一致。")
    liaison.get_by_text("已保存").wait_for()

    head.get_by_label("协调情况").fill("财政局另有意见。")
    head.get_by_label("汇报时长").fill("8")
    dialog = head.get_by_role("dialog")
    dialog.get_by_text("已协商一致。").wait_for()
    assert dialog.get_by_role("group").count() == 1, "only what both have changed is asked"
    dialog.get_by_text("梁思齐 写的").click()
    dialog.get_by_role("button", name="按所选的保存").click()
    dialog.wait_for(state="detached")
    head.get_by_text("已保存").wait_for()
    assert head.get_by_label("协调情况").input_value() == "已协商一致。"
    content = ItemDraft.objects.get(item=item).content
    units = [district.unit(name).pk for name in ("财政局", "审计局")]
    assert (content["minutes"], sorted(content["attendants"])) == (8, sorted(units))


def test_a_sheet_is_mended_and_filed_without_leaving_it(site: Any, district: District, open_page: OpenPage) -> None:
    item = drafted_item(district, title="", unit="教体局")
    item.attachments.update(removed_at=item.created_at)
    page = open_page(account(LIAISON))
    page.goto(f"/items/{item.pk}/edit/")
    page.get_by_role("button", name="核对并呈报").click()
    problems = page.locator("#sheet-problems")
    problems.get_by_role("link", name="请填写议题。").click()
    page.keyboard.type("关于新建城东学校的请示")
    problems.get_by_text("请填写议题。").wait_for(state="detached")
    assert page.locator(".field--bad").count() == 0
    page.get_by_label("文件").set_input_files(
        {"name": "常务会议纪要.pdf", "mimeType": "application/pdf", "buffer": pdf("纪要")}
    )
    page.get_by_role("button", name="上传").click()
    page.get_by_text("都已填齐").wait_for()
    page.get_by_role("button", name="核对并呈报").click()
    page.get_by_role("button", name="呈报", exact=True).click()
    page.get_by_text("已呈报，等秘书科受理。").wait_for()
