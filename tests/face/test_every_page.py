"""The main pages on the phone, as those see them whose they are: nothing stands aside, axe and the console are silent.

The pages of the 纪要 are walked in tests/decisions/minutes, every component at every width in tests/common/web.
"""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from playwright.sync_api import Page

from committee.bodies.models import Body, Seat
from common.identity.models import Account
from decisions.votes.services.close_round import close_round
from tests.decisions.hall_story import MEMBERS, begun_entry, recorded_round, vote
from tests.support.browser import REACHED, axe_complaints
from tests.support.cast import District
from tests.support.meetings import called_meeting
from tests.support.stories import accepted_item, drafted_item, heard_item, ready_item, sign_on, vetted_item

pytestmark = pytest.mark.browser
OFFICE, ADMIN, MEMBER, LIAISON = "周予安", "系统管理员", "韩立岑", "梁思齐"
PHONE, TABLET, DESK = 390, 768, 1280
# The slowest rule: asked of every pair of tokens and of every component in tests/common/web; pages use tokens only.
CONTRAST = ("color-contrast",)
# What opens and does not show it by its mark, or is too low for a finger.
HIDDEN_OPENERS = """() => [...document.querySelectorAll("summary")].filter(e => e.getClientRects().length &&
  (getComputedStyle(e, "::after").content === "none" || e.getBoundingClientRect().height < 43.9)
).map(e => e.outerHTML.slice(0, 80))"""
Looks = Iterable[tuple[str, str]]


@pytest.fixture
def look(site: Any, district: District, open_page: Callable[..., Page]) -> Callable[[Looks], None]:
    """Opens each address as the person named, narrow, and collects what is wrong with any of them."""
    pages: dict[str, Page] = {}
    said: list[str] = []

    def page_of(name: str) -> Page:
        if name not in pages:
            account = Account.objects.get(acting__person__name=name)
            pages[name] = open_page(account, viewport={"width": PHONE, "height": 844})
            pages[name].on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        return pages[name]

    def look_at(looks: Looks) -> None:
        wrong: list[tuple[Any, ...]] = []
        for name, address in looks:
            page = page_of(name)
            page.set_viewport_size({"width": PHONE, "height": 844})
            answer = page.goto(address)
            assert answer is not None and answer.ok, (name, address)
            wrong += [(address, found) for found in axe_complaints(page, but=CONTRAST)]
            wrong += [(address, found) for found in page.evaluate(HIDDEN_OPENERS)]
            for width in (PHONE, TABLET, DESK):
                page.set_viewport_size({"width": width, "height": 844})
                wrong += [(address, width, *reached) for reached in page.evaluate(REACHED) if reached[1] > width]
            wrong += [(address, words) for words in said]
            said.clear()
        assert wrong == []

    return look_at


@pytest.mark.long
def test_the_pages_of_an_item(look: Callable[[Looks], None], district: District) -> None:
    long = drafted_item(district, title="关于新建城东学校（九年一贯制）并同步建设接驳道路的请示")
    checked, signed = accepted_item(district), sign_on(district, vetted_item(district), until="mayor")
    ends = ("", "edit/?check=1", "submit/", "withdraw/", "?tab=history")
    look(
        [
            (LIAISON, "/"),
            (LIAISON, "/items/"),
            (LIAISON, "/items/new/"),
            *((LIAISON, f"/items/{long.pk}/{end}") for end in ends),
            *(("卢正言", f"/items/{checked.pk}/checks/legal/{end}") for end in ("", "delegate/")),
            *((OFFICE, f"/items/{checked.pk}/?tab={tab}") for tab in ("papers", "opinions")),
            *((OFFICE, f"/items/{signed.pk}/{end}") for end in ("grants/", "sign/paper/", "return/")),
            *(("陆景和", f"/items/{signed.pk}/{end}") for end in ("", "sign/")),
        ]
    )


@pytest.mark.long
def test_the_pages_of_a_meeting_and_its_hall(look: Callable[[Looks], None], district: District) -> None:
    entry = begun_entry(district, matters=["同意新建城东学校"])
    round_ = recorded_round(district, entry)
    coming = called_meeting(district, heard_item(district), at="2026-12-10 15:00")
    ready = ready_item(district, title="关于柳浦镇防洪堤除险加固的请示")
    held, ends = entry.meeting_id, ("", "schedule/", f"schedule/{ready.pk}/", "attendants/", "replies/", "cancel/")
    look(
        [
            (OFFICE, "/"),
            (OFFICE, "/meetings/"),
            (OFFICE, "/meetings/plan/"),
            *((OFFICE, f"/meetings/{coming.pk}/{end}") for end in (*ends, "change/", "notice/send/", "console/")),
            (MEMBER, f"/meetings/{coming.pk}/notice/"),
            *((OFFICE, f"/meetings/{held}/{end}") for end in ("console/", "sign-in/", "results/")),
            (OFFICE, f"/entries/{entry.pk}/defer/"),
        ]
    )
    vote(district, round_, "approve", *MEMBERS)
    close_round(actor=district.office, round_=round_)
    look([(OFFICE, f"/entries/{entry.pk}/decide/"), (OFFICE, "/decisions/")])


@pytest.mark.long
def test_the_pages_of_the_office(look: Callable[[Looks], None], district: District) -> None:
    seat, body = Seat.objects.earliest("pk"), Body.objects.get(kind=Body.Kind.STANDING)
    person, unit = seat.person_id, district.unit("教体局").pk
    members = ("organisation/", "organisation/units/", "organisation/people/?page=2", f"organisation/people/{person}/")
    shown = ("organisation/division/", "organisation/division/?view=list")
    look(
        [
            *((MEMBER, f"/{end}") for end in (*members, *shown, f"organisation/division/leaders/{person}/")),
            *((MEMBER, f"/{end}") for end in ("rules/", "rules/voting/", "rules/calendar/", "search/?q=教体局")),
            *((OFFICE, f"/{end}") for end in ("rules/new/", "imports/", "follow-ups/", "account/password/")),
            *(
                (ADMIN, f"/organisation/{end}")
                for end in (f"units/{unit}/", f"seats/{seat.pk}/", "terms/", "roles/?page=2")
            ),
            *((ADMIN, f"/organisation/{end}") for end in (f"bodies/{body.pk}/", "accounts/")),
        ]
    )


def test_every_leader_of_the_matrix_stands_in_sight_at_1280(site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(Account.objects.get(acting__person__name=OFFICE), viewport={"width": DESK, "height": 844})
    page.goto("/organisation/division/")
    box = page.locator(".table-box").first
    assert page.locator(".matrix-leader").count() >= 14
    assert box.evaluate("e => e.scrollWidth - e.clientWidth") == 0
