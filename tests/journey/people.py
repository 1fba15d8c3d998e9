"""The people of the journey, each in a browser of their own."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from common.identity.models import Account

LOGINS = {
    "周予安": "mishuke",
    "梁思齐": "jiaotilianluo",
    "林知微": "jiaotiju",
    "闻人澈": "fuqu",
    "陆景和": "quzhang",
    "邵闻笛": "zhuren",
    "沈砚清": "shuji",
    "卢正言": "sifaju",
    "贺北辰": "zhengfawei",
}


class Someone:
    """One person at a browser: goes, fills, presses, and reads what the page says."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go(self, path: str) -> "Someone":
        answer = self.page.goto(path)
        assert answer is not None and answer.status < 500, (path, answer)
        return self

    def press(self, name: str, *, exact: bool = True) -> "Someone":
        """A button or a link by what stands on it."""
        button = self.page.get_by_role("button", name=name, exact=exact)
        (button.first if button.count() else self.page.get_by_role("link", name=name, exact=exact).first).click()
        self.page.wait_for_load_state()
        return self

    def fill(self, label: str, text: str) -> "Someone":
        self.page.get_by_label(label, exact=True).first.fill(text)
        return self

    def choose(self, label: str, option: str) -> "Someone":
        self.page.get_by_label(label, exact=True).first.select_option(label=option)
        return self

    def upload(self, selector: str, file: Path) -> "Someone":
        self.page.set_input_files(selector, file)
        return self

    def sees(self, text: str) -> "Someone":
        expect(self.page.locator("body")).to_contain_text(text)
        return self

    def sees_not(self, text: str) -> "Someone":
        expect(self.page.locator("body")).not_to_contain_text(text)
        return self

    def status(self, path: str) -> int:
        """What the address answers this person."""
        return self.page.request.get(path).status


class Cast:
    """Opens each person's browser once."""

    def __init__(self, open_page: Callable[..., Page]) -> None:
        self.open_page = open_page
        self.there: dict[str, Someone] = {}

    def __getitem__(self, name: str) -> Someone:
        if name not in self.there:
            account = Account.objects.get(username=LOGINS[name])
            self.there[name] = Someone(self.open_page(account))
        return self.there[name]
