"""Real Chromium. A page that breaks the content security policy or throws in a script fails its test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip

# How far a page reaches in each size of type: nothing moves sideways, least of all in 大字版.
REACHED = """() => ["", "large"].map((type) => {
  const root = document.documentElement;
  const chosen = root.classList.contains("large");
  root.classList.toggle("large", type === "large");
  const reached = root.scrollWidth;
  root.classList.toggle("large", chosen);
  return [type, reached];
})"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, site: Any) -> Iterator[Callable[..., Page]]:
    """`open_page(account)` opens a window of one's own, signed in; options as of Playwright's new_context."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_one(account: Any = None, **options: Any) -> Page:
        context = browser.new_context(
            **{"base_url": site.url, "locale": "zh-CN", "timezone_id": "Asia/Shanghai",
               "viewport": {"width": 1280, "height": 800}} | options
        )  # fmt: skip
        contexts.append(context)
        if account is not None:
            sign_in(context, account, site.url)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.set_default_navigation_timeout(30_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if breaks_policy(message.text) else None)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """One window, not signed in."""
    return open_page()


def axe_complaints(page: Page, *, but: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds wrong with the page as it stands, by all rules `but` these: the rule, its first breach."""
    rules = {name: {"enabled": False} for name in but}
    # The first two: three times as fast, the same violations.
    options = {"resultTypes": ["violations"], "preload": False, "rules": rules}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}：{one['nodes'][0]['html']}" for one in found]


def breaks_policy(text: str) -> bool:
    return "Content Security Policy" in text or "Content-Security-Policy" in text


def sign_in(context: BrowserContext, account: Any, url: str) -> None:
    """Puts a session of `account` into the window without the login page, which has tests of its own."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])
