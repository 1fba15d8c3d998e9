"""The style page in Chromium: every component at three widths and both type sizes."""

import pytest

from common.identity.models import Account
from tests.support.browser import axe_complaints

pytestmark = pytest.mark.browser

SMALL_TEXT = """() => [...document.querySelectorAll("body *")].filter(e =>
  [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) &&
  parseFloat(getComputedStyle(e).fontSize) < 16).map(e => e.outerHTML.slice(0, 80))"""
SMALL_TARGETS = """() => [...document.querySelectorAll(
    "button, summary, .button, .nav-link, .menu-item, .chip, .crumbs a, .tabs a, .pages a, select, textarea, " +
    "input:not([type=hidden], [type=checkbox], [type=radio])")].filter(e => {
  const {width, height} = e.getBoundingClientRect();
  return width && height && (width < 43.9 || height < 43.9);
}).map(e => e.outerHTML.slice(0, 80))"""


@pytest.fixture
def look(site, settings, open_page):
    """Opens the style page for the 区委办主任; the address's end and the window's options are given."""
    settings.ROOT_URLCONF = "tests.common.web.style_urls"

    def open_style(end="", *, large=False, **options):
        account = Account.objects.filter(acting__person__name="邵闻笛").first()
        Account.objects.filter(pk=account.pk).update(large_type=large, must_change_password=False)
        page = open_page(account, **options)
        page.goto(f"/look/{end}")
        assert page.title() == "样式 · 议事"
        return page

    return open_style


# How many toasts stand there, and whether all of it lies over the frame: the top bar, or the entries at the bottom.
TOASTS = """() => {
  const said = [...document.querySelectorAll("#toasts[role=status] > .toast")];
  const box = said[0].getBoundingClientRect();
  const frame = [".top", ".nav"].map(part => document.querySelector(part).getBoundingClientRect());
  return [said.length, said[0].firstChild.textContent, frame.some(f => box.top >= f.top && box.bottom <= f.bottom + 1)];
}"""


@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
def test_every_component_can_be_read_reached_and_heard(look, large):
    page = look("?tab=said&state=signing", large=large)
    for width in (1280, 768, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert axe_complaints(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(SMALL_TEXT) == []
        assert page.evaluate(SMALL_TARGETS) == []


def test_it_can_be_worked_by_keyboard_and_asks_before_what_cannot_be_undone(look):
    page = look()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="键盘用法").is_visible()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    page.locator(".page-action summary").press("Enter")
    assert page.get_by_role("link", name="退回修改").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="退回修改").is_visible()

    handle = page.locator("[data-handle]").first
    handle.focus()
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.keyboard.press("ArrowDown")
    assert "order=2%2C1%2C3" in sent.value.post_data
    assert page.evaluate("document.activeElement.closest('li').dataset.id") == "1"

    page.get_by_role("button", name="列入会议").first.click()
    dialog = page.get_by_role("dialog")
    assert "列入后第 2 稿不能再改" in dialog.inner_text()
    dialog.get_by_role("button", name="返回，不办").click()
    assert page.get_by_role("dialog").count() == 0
    assert page.url.endswith("/look/")


@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
def test_toasts_are_said_one_at_a_time_beside_the_work(look, large):
    page = look(large=large)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("yishi.toast('陆景和到会'); yishi.toast('顾维桢到会', {undo: () => yishi.toast('已撤销')})")
        assert page.evaluate(TOASTS) == [1, "顾维桢到会", True]
        page.get_by_role("button", name="撤销", exact=True).last.click()
        assert page.evaluate(TOASTS) == [1, "已撤销", True]
