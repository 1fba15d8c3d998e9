"""Two people look at one meeting in Chromium: what one enters the other sees within two seconds."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from common.identity.models import Account
from tests.decisions.hall_story import MEMBERS, begun_entry, recorded_round
from tests.support.browser import REACHED, axe_complaints
from tests.support.cast import District

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
# Long enough for a machine that runs other tests; how soon it is on a quiet one, the bench measures.
SOON = 20_000


def account(name: str) -> Account:
    return Account.objects.get(acting__person__name=name)


def test_what_one_enters_the_others_see_without_reloading(site: Any, district: District, open_page: OpenPage) -> None:
    entry = begun_entry(district, present=MEMBERS[:10])
    hall = f"/meetings/{entry.meeting_id}"
    clerk, other = open_page(account("周予安")), open_page(account("邵闻笛"))
    member, screen = open_page(account("陆景和")), open_page(account("周予安"))
    clerk.goto(f"{hall}/console/")
    other.goto(f"{hall}/console/")
    member.goto(f"{hall}/floor/")
    screen.goto(f"{hall}/screen/")

    other.get_by_label("内容").fill("工期可行，资金已")
    member.get_by_label("意见（可以不写）").fill("请明确责任单位")
    clerk.get_by_role("button", name="雷定远未到，按下登记到会").click()
    expect(other.locator(".hall-figure strong")).to_have_text("11", timeout=SOON)
    expect(screen.locator(".screen-quorum strong")).to_have_text("11", timeout=SOON)

    clerk.get_by_label("内容").fill("请财政局说明资金来源")
    clerk.get_by_role("button", name="记下").click()
    expect(other.get_by_text("请财政局说明资金来源")).to_be_visible(timeout=SOON)
    expect(other.get_by_label("内容")).to_have_value("工期可行，资金已")
    expect(other.get_by_label("内容")).to_be_focused()
    expect(member.get_by_label("意见（可以不写）")).to_have_value("请明确责任单位")
    expect(member.get_by_label("意见（可以不写）")).to_be_focused()

    clerk.get_by_role("heading", name="逐一表态").click()
    member.get_by_role("button", name="不同意").click()
    expect(member.get_by_text("您已表态：不同意")).to_be_visible()
    expect(clerk.get_by_role("button", name="陆景和不同意")).to_have_attribute("aria-pressed", "true", timeout=SOON)

    other.get_by_role("button", name="记下").click()
    expect(clerk.get_by_text("工期可行，资金已")).to_be_visible(timeout=SOON)
    expect(other.get_by_label("内容")).to_have_value("")


def test_a_vote_of_one_s_own_reaches_the_console_and_the_verdict_everybody(
    site: Any, district: District, open_page: OpenPage
) -> None:
    entry = begun_entry(district)
    recorded_round(district, entry)
    hall = f"/meetings/{entry.meeting_id}"
    clerk, member, screen = open_page(account("周予安")), open_page(account("陆景和")), open_page(account("邵闻笛"))
    clerk.goto(f"{hall}/console/")
    member.goto(f"{hall}/floor/")
    screen.goto(f"{hall}/screen/")
    member.get_by_role("button", name="反对").click()
    expect(clerk.get_by_role("button", name="陆景和反对")).to_have_attribute("aria-pressed", "true", timeout=SOON)
    expect(screen.get_by_text("已表决 1 / 11")).to_be_visible(timeout=SOON)
    clerk.get_by_role("button", name="其余 10 人都赞成").click()
    expect(screen.get_by_text("已表决 11 / 11")).to_be_visible(timeout=SOON)
    clerk.get_by_role("button", name="宣布结果").click()
    expect(member.get_by_text("赞成 10")).to_be_visible(timeout=SOON)
    expect(screen.locator(".screen-verdict")).to_contain_text("赞成 10", timeout=SOON)


def test_a_broken_line_is_said_and_mends_itself(site: Any, district: District, open_page: OpenPage) -> None:
    entry = begun_entry(district)
    member = open_page(account("陆景和"))
    member.goto(f"/meetings/{entry.meeting_id}/floor/")
    network: BrowserContext = member.context
    network.set_offline(True)
    lost = member.get_by_text("连接中断，正在重新连接…")
    expect(lost).to_be_visible(timeout=SOON)
    network.set_offline(False)
    expect(lost).to_be_hidden(timeout=SOON)


def test_the_page_and_the_screen_can_be_read_at_three_widths(
    site: Any, district: District, open_page: OpenPage
) -> None:
    entry = begun_entry(district)
    hall = f"/meetings/{entry.meeting_id}"
    member, screen = open_page(account("陆景和")), open_page(account("周予安"))
    member.goto(f"{hall}/floor/")
    screen.goto(f"{hall}/screen/")
    for page in (member, screen):
        for width in (1280, 768, 390):
            page.set_viewport_size({"width": width, "height": 800})
            assert axe_complaints(page) == [], (page.url, width)
            assert [reach for reach in page.evaluate(REACHED) if reach[1] > width] == [], (page.url, width)
