"""Where a request comes from: the log and the lock name the person's address, whatever is forged on the way."""

import subprocess
import sys
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client, RequestFactory

from common.audit.models import AuditEntry
from common.web.address import client_address
from desk.demo.people import PASSWORD
from tests.support.cast import District

ROOT = Path(__file__).resolve().parents[3]
PROXY, CLERK, LIAR = "172.30.241.1", "10.1.2.3", "198.51.100.7"


@pytest.fixture
def behind_proxy(settings: LazySettings) -> None:
    settings.TRUSTED_PROXIES = [ip_network(PROXY), ip_network("192.168.7.0/24")]


def asked(address: str, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=address, **headers))


def test_without_a_proxy_of_ours_the_header_is_not_read() -> None:
    assert asked(CLERK, LIAR) == CLERK
    assert asked(PROXY, LIAR) == PROXY


@pytest.mark.parametrize(
    ("address", "forwarded", "found"),
    [
        (PROXY, CLERK, CLERK),
        (PROXY, f"{LIAR}, {CLERK}", CLERK),  # the liar wrote the first one himself, the proxy added his own
        (PROXY, f"{LIAR}, {CLERK}, 192.168.7.9", CLERK),  # a second proxy of ours behind the first
        (PROXY, f"{PROXY}, {CLERK}", CLERK),
        (CLERK, LIAR, CLERK),  # past the proxy: his word counts for nothing
        (PROXY, None, PROXY),
        (PROXY, "", PROXY),
        (PROXY, f"{CLERK}, unknown", PROXY),
        (f"::ffff:{PROXY}", f"::ffff:{CLERK}", CLERK),
        (PROXY, "2001:db8::5", "2001:db8::5"),
    ],
)
def test_behind_a_proxy_of_ours_it_is_the_last_address_that_is_not_ours(
    behind_proxy: None, address: str, forwarded: str | None, found: str
) -> None:
    assert asked(address, forwarded) == found


def sign_in(address: str, forwarded: str, password: str = PASSWORD) -> int:
    client = Client(REMOTE_ADDR=address, HTTP_X_FORWARDED_FOR=forwarded)
    return client.post("/login/", {"username": "mishuke", "password": password}).status_code


def test_the_log_names_the_clerk_s_address_and_not_the_one_he_writes(district: District, behind_proxy: None) -> None:
    client = district.client("周予安")
    client.post(
        "/organisation/people/new/", {"name": "督查员"}, REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=f"{LIAR}, {CLERK}"
    )
    assert AuditEntry.objects.filter(verb="add_person").latest("pk").source == f"网页 {CLERK}"


def test_a_stranger_who_guesses_locks_himself_out_and_nobody_else(district: District, behind_proxy: None) -> None:
    tries = [sign_in(PROXY, f"203.0.113.{number}, {LIAR}", "wrong-password") for number in range(5)]
    assert tries[-1] == 429
    assert sign_in(PROXY, f"{CLERK}, {LIAR}") == 429
    assert sign_in(PROXY, CLERK) == 302


def test_without_the_setting_a_forged_header_frees_nobody(district: District) -> None:
    for number in range(5):
        sign_in(LIAR, f"203.0.113.{number}", "wrong-password")
    assert sign_in(LIAR, CLERK) == 429
    assert sign_in(CLERK, LIAR) == 302


def test_a_setting_that_names_no_address_stops_the_start_with_a_sentence() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from config.environment import networks; networks('PROXIES')"],
        cwd=ROOT,
        env={"PROXIES": "nginx"},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert "环境变量 PROXIES 须是用逗号分开的地址或网段" in run.stderr
