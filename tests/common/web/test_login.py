"""Signing in, being locked out, choosing whom one acts for; nothing is open to strangers."""

import re

import pytest
from django.contrib.auth.password_validation import get_default_password_validators
from django.test import Client

from committee.register.services.keep_accounts import delegate_account
from common.identity.models import Account, ActingFor
from desk.demo.people import PASSWORD
from tests.support.cast import District


def sign_in(client: Client, username: str, password: str = PASSWORD):
    return client.post("/login/", {"username": username, "password": password})


def test_the_clerk_signs_in_and_sees_the_workbench(district: District, client: Client) -> None:
    assert sign_in(client, "mishuke").status_code == 302
    page = client.get("/")
    assert page.status_code == 200
    assert "周予安" in page.content.decode()


def test_a_stranger_is_sent_to_the_login_and_back(district: District, client: Client) -> None:
    page = client.get("/items/?state=ready")
    assert page.status_code == 302
    assert page["Location"] == "/login/?next=/items/%3Fstate%3Dready"


def test_five_wrong_passwords_lock_the_login_even_for_the_right_one(district: District, client: Client) -> None:
    for _ in range(5):
        sign_in(client, "mishuke", "wrong-password")
    page = sign_in(client, "mishuke")
    assert page.status_code == 429
    assert client.get("/").status_code == 302


def test_a_login_whose_right_has_ended_sees_nothing(district: District, client: Client, clock) -> None:
    sign_in(client, "mishuke")
    ActingFor.objects.filter(account__username="mishuke").update(valid_to="2026-11-16")
    assert client.get("/").status_code == 200
    clock.set("2026-11-17 09:00")
    assert client.get("/")["Location"] == "/account/person/"


def test_one_login_acts_for_two_people_and_chooses(district: District, client: Client) -> None:
    delegate_account(
        actor=district.administrator,
        person=district.person("闻人澈"),
        username="mishuke",
        basis="本人书面委托",
    )
    sign_in(client, "mishuke")
    assert client.get("/")["Location"] == "/account/person/"
    acting = ActingFor.objects.get(account__username="mishuke", person__name="闻人澈")
    client.post("/account/person/", {"acting": acting.pk})
    assert "闻人澈" in client.get("/").content.decode()


def test_nobody_chooses_a_person_not_theirs(district: District, client: Client) -> None:
    sign_in(client, "mishuke")
    foreign = ActingFor.objects.get(account__username="shuji")
    assert client.post("/account/person/", {"acting": foreign.pk}).status_code == 404


def test_every_post_needs_its_token(district: District) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(username="mishuke"), backend="django.contrib.auth.backends.ModelBackend")
    page = client.post("/account/large-type/")
    assert page.status_code == 403
    assert not Account.objects.get(username="mishuke").large_type


@pytest.mark.parametrize("header", ["Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options"])
def test_every_page_carries_the_protecting_headers(district: District, client: Client, header: str) -> None:
    page = client.get("/login/")
    assert header in page.headers
    assert "unsafe" not in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        (PASSWORD, "duan", "duan", "密码太短，至少要有 10 个字符。"),
        (PASSWORD, "20261116001", "20261116001", "密码不能全是数字。"),
        (PASSWORD, "1234567890", "1234567890", "这个密码太常见"),
        (PASSWORD, "mishuke-01", "mishuke-01", "密码和登录名太相像"),
        (PASSWORD, "qiu-yu-chun-feng", "qiu-yu-chun", "输入的两个密码不一致"),
        ("wrong-password", "qiu-yu-chun-feng", "qiu-yu-chun-feng", "旧密码不正确"),
    ],
)
def test_what_is_wrong_with_a_new_password_is_said_in_chinese(
    district: District, client: Client, old: str, new: str, again: str, sentence: str
) -> None:
    sign_in(client, "mishuke")
    sent = {"old_password": old, "new_password1": new, "new_password2": again}
    page = client.post("/account/password/", sent).content.decode()
    assert sentence in page
    assert "assword is" not in page and "must contain" not in page
    assert Account.objects.get(username="mishuke").check_password(PASSWORD)


def test_every_rule_of_passwords_speaks_chinese() -> None:
    for rule in get_default_password_validators():
        for said in (rule.get_error_message(), rule.get_help_text()):
            assert said.endswith("。") and not re.search("[A-Za-z%]", said), said


def test_a_new_password_is_demanded_before_anything_else(district: District, client: Client) -> None:
    Account.objects.filter(username="mishuke").update(must_change_password=True)
    sign_in(client, "mishuke")
    assert client.get("/")["Location"] == "/account/password/"
    short = client.post("/account/password/", {"old_password": PASSWORD, "new_password1": "1", "new_password2": "1"})
    assert short.status_code == 200
    assert Account.objects.get(username="mishuke").must_change_password
    good = {"old_password": PASSWORD, "new_password1": "qiu-yu-chun-feng", "new_password2": "qiu-yu-chun-feng"}
    assert client.post("/account/password/", good)["Location"] == "/"
    assert client.get("/").status_code == 200
