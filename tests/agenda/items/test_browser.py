"""The pages in Chromium: two editors at once, units by touch, and every page at three widths without a complaint."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from agenda.items.models import ItemDraft
from common.identity.models import Account
from tests.agenda.items.pages_story import DIRECTOR, HEAD, LAWYER, LIAISON, MAYOR, OFFICE
from tests.support.cast import District
from tests.support.stories import accepted_item, drafted_item, pdf, sign_on, vetted_item

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


@pytest.mark.parametrize("stage", ["draft", "checks", "signing"])
def test_every_page_can_be_read_at_three_widths(site: Any, district: District, open_page: OpenPage, stage: str) -> None:
    if stage == "draft":
        item, name = drafted_item(district, title="关于新建城东学校（九年一贯制）并同步建设接驳道路的请示"), LIAISON
        ends = ["", "edit/", "edit/?check=1", "submit/", "withdraw/", "?tab=history"]
    elif stage == "checks":
        item, name = accepted_item(district), LAWYER
        ends = ["", "checks/legal/", "checks/legal/delegate/", "?tab=opinions", "?tab=papers"]
    else:
        item, name = sign_on(district, vetted_item(district), until="mayor"), MAYOR
        ends = ["", "sign/"]
    addresses = ["/", "/items/", "/search/?q=学校", *(f"/items/{item.pk}/{end}" for end in ends)]
    looks = [(name, address) for address in addresses]
    if stage == "signing":
        looks += [(OFFICE, f"/items/{item.pk}/{end}") for end in ("grants/", "sign/paper/", "return/")]
        looks += [(DIRECTOR, "/items/new/"), (OFFICE, "/items/new/")]
    pages: dict[str, Page] = {}
    for who, address in looks:
        page = pages.setdefault(who, open_page(account(who)) if who not in pages else pages[who])
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(address)
        for width in (1280, 768, 390):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
            found = Axe().run(page).response["violations"]
            assert [(address, width, one["id"], one["nodes"][0]["html"]) for one in found] == []
