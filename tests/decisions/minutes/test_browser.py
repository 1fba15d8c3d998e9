"""The pages in Chromium: two editors at once, the preview that follows, every page at three widths."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from common.identity.models import Account
from decisions.minutes.models import DecisionNotice
from tests.decisions.minutes_story import closed_meeting, drafted, signed
from tests.support.browser import REACHED, axe_complaints
from tests.support.cast import District

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


def account(name: str) -> Account:
    return Account.objects.get(acting__person__name=name)


def test_the_paper_follows_what_is_typed_and_two_editors_choose(
    site: Any, district: District, open_page: OpenPage
) -> None:
    minutes = drafted(district, closed_meeting(district))
    clerk, director = open_page(account("周予安")), open_page(account("邵闻笛"))
    for page in (clerk, director):
        page.goto(f"/minutes/{minutes.pk}/edit/")
    clerk.get_by_label("结尾").fill("各责任单位要抓紧落实。")
    clerk.get_by_text("已保存").wait_for()
    clerk.locator(".preview article").get_by_text("各责任单位要抓紧落实。").wait_for()

    director.get_by_label("结尾").fill("由督查室跟踪督办。")
    dialog = director.get_by_role("dialog")
    dialog.get_by_text("各责任单位要抓紧落实。").wait_for()
    dialog.get_by_text("周予安 写的").click()
    dialog.get_by_role("button", name="按所选的保存").click()
    dialog.wait_for(state="detached")
    assert director.get_by_label("结尾").input_value() == "各责任单位要抓紧落实。"

    clerk.get_by_role("button", name="送审").click()
    clerk.get_by_text("已送审，等区委办主任审核。").wait_for()


@pytest.mark.long
@pytest.mark.parametrize("stage", ["draft", "signed"])
def test_every_page_can_be_read_at_three_widths(site: Any, district: District, open_page: OpenPage, stage: str) -> None:
    meeting = closed_meeting(district)
    if stage == "draft":
        minutes = drafted(district, meeting)
        ends = (f"{minutes.pk}/edit/", f"{minutes.pk}/review/", f"{minutes.pk}/records/people/", f"{minutes.pk}/")
        addresses = [f"/minutes/{end}" for end in ("", *ends)]
    else:
        minutes = signed(district, meeting)
        notice = DecisionNotice.objects.earliest("pk")
        addresses = [
            f"/minutes/{minutes.pk}/", f"/minutes/{minutes.pk}/archive/", f"/minutes/{minutes.pk}/correct/",
            "/notices/", f"/notices/{notice.pk}/",
        ]  # fmt: skip
    page = open_page(account("邵闻笛"))
    for address in addresses:
        page.goto(address)
        for width in (1280, 768, 390):
            page.set_viewport_size({"width": width, "height": 800})
            assert axe_complaints(page) == [], (address, width)
            assert [reach for reach in page.evaluate(REACHED) if reach[1] > width] == [], (address, width)
