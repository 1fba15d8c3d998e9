"""The first login of a new committee comes from the command line, and its password is changed at the first use."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from common.audit.models import AuditEntry
from common.identity.models import Account, ActingFor
from tests.support.cast import NEIGHBOUR, District


def opened(*words: str) -> str:
    out = io.StringIO()
    call_command("open_login", *words, stdout=out)
    return out.getvalue()


def test_the_administrator_of_a_committee_without_logins_gets_in(neighbour: District) -> None:
    said = opened("chengjiang-admin", "--committee", NEIGHBOUR)
    password = said.split("初始密码 ")[1].split("（")[0]
    browser = Client()
    answer = browser.post("/login/", {"username": "chengjiang-admin", "password": password}, follow=True)
    assert "修改密码" in answer.content.decode()
    acting = ActingFor.everywhere.get(account__username="chengjiang-admin")
    assert (acting.committee, acting.person.name) == (neighbour.committee, "系统管理员")
    assert AuditEntry.everywhere.filter(committee=neighbour.committee, verb="open_account").count() == 1


@pytest.mark.parametrize(
    "name",
    [
        "中国共产党清宁市云川区委员会",
        "中共清宁市云川区委员会",
        "中共云川区委",
        "云川区委",
        "云川区",
        " 中共清宁市 云川区委员会",
    ],
)
def test_a_committee_is_known_by_its_full_and_its_short_name(district: District, name: str) -> None:
    """The same names as import_ledger takes: whoever founded a committee gets in by the words that founded it."""
    assert f"{district.committee}：唐砺的登录名 tang" in opened("tang", "--committee", name, "--person", "唐砺")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["x"], "请用 --committee 写明"),
        (["x", "--committee", "没有的党委"], "系统里有：中国共产党清宁市云川区委员会"),
        (["x", "--committee", "中共云川区委", "--person", "无此人"], "有 0 位"),
        (["mishuke", "--committee", "中共云川区委", "--person", "唐砺"], "登录名「mishuke」已有人使用"),
        (["x", "--committee", "中共云川区委", "--person", "周予安"], "已有登录名"),
    ],
)
def test_what_is_unclear_is_said_and_opens_nothing(district: District, words: list[str], sentence: str) -> None:
    before = Account.objects.count()
    with pytest.raises(CommandError, match=sentence):
        opened(*words)
    assert Account.objects.count() == before
