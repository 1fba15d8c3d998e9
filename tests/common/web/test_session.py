"""A session ends when nobody is at it, and leads back to where one was; what logins do is logged."""

import json

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from common.audit.models import AuditEntry
from common.identity.models import Account
from desk.demo.people import PASSWORD
from tests.support.cast import District

HOUR = 3600


@pytest.fixture
def clerk(district: District) -> Client:
    """秘书科's window, just signed in."""
    client = Client(REMOTE_ADDR="10.1.2.3")
    client.post("/login/", {"username": "mishuke", "password": PASSWORD})
    return client


def age(client: Client, *, idle: int = 0, old: int = 0) -> None:
    """So many seconds ago the window was last used, and the session began."""
    session = client.session
    session["seen"] -= idle
    session["began"] -= max(idle, old)
    session.save()


def logged() -> list[tuple[str, str]]:
    kinds = ("sign_in", "sign_out", "locked_out")
    return list(AuditEntry.objects.filter(verb__in=kinds).order_by("pk").values_list("verb", "source"))


def test_who_has_not_touched_it_for_an_hour_signs_in_again_and_is_back(clerk: Client) -> None:
    age(clerk, idle=HOUR + 1)
    answer = clerk.get("/items/?state=ready")
    assert answer["Location"] == "/login/?next=/items/%3Fstate%3Dready&ended=idle"
    page = clerk.get(answer["Location"]).content.decode()
    assert "您有 60 分钟没有操作，已经退出" in page
    back = clerk.post(answer["Location"], {"username": "mishuke", "password": PASSWORD, "next": "/items/?state=ready"})
    assert back["Location"] == "/items/?state=ready"
    assert clerk.get("/items/?state=ready").status_code == 200


def test_who_works_stays_signed_in_for_eight_hours_and_not_longer(clerk: Client) -> None:
    age(clerk, idle=HOUR - 60, old=7 * HOUR)
    assert clerk.get("/").status_code == 200
    age(clerk, idle=HOUR - 60)
    assert clerk.get("/").status_code == 200, "the first page was noted, so the second idle hour counts from there"
    age(clerk, old=8 * HOUR)
    assert clerk.get("/")["Location"] == "/login/?next=/&ended=long"


def test_nothing_is_written_for_the_sake_of_the_clock_but_every_few_minutes(clerk: Client) -> None:
    def writes() -> int:
        with CaptureQueriesContext(connection) as asked:
            clerk.get("/organisation/units/")
        return sum("django_session" in query["sql"] and "UPDATE" in query["sql"] for query in asked)

    clerk.get("/organisation/units/")
    assert writes() == 0
    age(clerk, idle=301)
    assert [writes(), writes()] == [1, 0]


def test_a_form_sent_too_late_leads_back_to_its_page_and_writes_nothing(clerk: Client) -> None:
    age(clerk, idle=HOUR + 1)
    given = {"name": "夏知秋", "confirmed": "1"}
    page = "http://testserver/organisation/people/new/?from=list"
    answer = clerk.post("/organisation/people/new/", given, headers={"referer": page})
    assert answer["Location"] == "/login/?next=/organisation/people/new/%3Ffrom%3Dlist&ended=idle"
    assert not AuditEntry.objects.filter(verb="add_person", account__username="mishuke").exists()


@pytest.mark.parametrize("referer", ["", "https://elsewhere.example/organisation/"])
def test_a_form_from_nowhere_leads_to_the_front_page(district: District, client: Client, referer: str) -> None:
    answer = client.post("/organisation/people/new/", {"name": "夏知秋"}, headers={"referer": referer})
    assert answer["Location"] == "/login/?next=/"


def test_the_hour_can_be_set(clerk: Client, settings: LazySettings) -> None:
    settings.SESSION_IDLE_SECONDS = 600
    age(clerk, idle=601)
    assert clerk.get("/").status_code == 302


def test_signing_in_and_out_and_idling_leave_their_rows(clerk: Client) -> None:
    clerk.post("/logout/")
    clerk.post("/login/", {"username": "mishuke", "password": PASSWORD})
    age(clerk, idle=HOUR + 1)
    clerk.get("/")
    here = "网页 10.1.2.3"
    assert logged() == [("sign_in", here), ("sign_out", here), ("sign_in", here), ("sign_out", here)]
    entry = AuditEntry.objects.latest("pk")
    assert (entry.account, entry.person, entry.person_name) == (Account.objects.get(username="mishuke"), None, "周予安")
    assert entry.detail == {"because": "idle"}


def test_a_lock_is_logged_once_for_each_address_and_a_wrong_name_never(district: District, client: Client) -> None:
    for username in ("mishuke", "meiyouderen"):
        for _ in range(7):
            client.post("/login/", {"username": username, "password": "wrong-password"}, REMOTE_ADDR="10.9.9.9")
    for _ in range(6):
        client.post("/login/", {"username": "mishuke", "password": "wrong-password"}, REMOTE_ADDR="10.8.8.8")
    assert logged() == [("locked_out", "网页 10.9.9.9"), ("locked_out", "网页 10.8.8.8")]
    assert "wrong-password" not in json.dumps(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_another_committees_log_knows_nothing_of_it(clerk: Client, neighbour: District) -> None:
    rows = AuditEntry.everywhere.filter(verb="sign_in")
    assert [row.committee_id for row in rows] == [Account.objects.get(username="mishuke").home_id]
    assert neighbour.committee.pk not in {row.committee_id for row in rows}
