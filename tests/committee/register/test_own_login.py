"""One's own login: offers of other committees answered on 换人办理, and nothing learnt by trying names."""

import pytest
from django.test import Client

from committee.register.services.keep_accounts import open_account
from common.identity.models import Account, ActingFor, ActingOffer
from common.tenancy.scope import committee_scope
from tests.committee.windows import address, text, window
from tests.support.cast import District

PAGE = "/account/person/"


@pytest.fixture
def own(district: District, neighbour: District) -> Client:
    """秦朗's window; the login was opened by 澄江县委."""
    with committee_scope(neighbour.committee.pk):
        open_account(
            actor=neighbour.administrator,
            person=neighbour.person("秦朗"),
            username="chengjiang",
            password="qingning-2026-11",
            must_change_password=False,
        )
    return window("chengjiang")


def share(district: District, username: str) -> str:
    """The administrator of 云川 asks for a login by its name; what the page says then."""
    person = district.person("夏知秋")
    given = {"username": username, "confirmed": "1"}
    answer = window("admin").post(address("account_share", person.pk), given, follow=True)
    return text(answer).replace(username, "NAME")


def test_the_page_says_the_same_of_a_login_elsewhere_and_of_none(district: District, own: Client) -> None:
    there = share(district, "chengjiang")
    ActingOffer.objects.update(closed_at="2026-11-16T08:30+08:00", outcome="withdrawn")
    nowhere = share(district, "meiyouderen")
    sentence = "「NAME」不是本党委开通的登录名。请告知使用人"
    assert sentence in there and sentence in nowhere
    assert not ActingFor.objects.filter(person=district.person("夏知秋")).exists()


def test_the_owner_agrees_and_changes_over(district: District, own: Client) -> None:
    share(district, "chengjiang")
    assert "中共云川区委请您以" in text(own.get(PAGE))
    offer = ActingOffer.objects.get()
    assert own.post(f"/account/offers/{offer.pk}/accept/")["Location"] == PAGE
    acting = ActingFor.objects.get(person=district.person("夏知秋"))
    own.post(PAGE, {"acting": acting.pk})
    assert "中共云川区委" in text(own.get("/"))
    leaving = f"/account/acting/{acting.pk}/give-up/"
    assert leaving in text(own.get(PAGE))
    assert "退出立即生效" in text(own.get(leaving))
    own.post(leaving)
    assert not ActingFor.objects.on("2026-11-16").filter(pk=acting.pk).exists()
    assert own.get("/")["Location"] == PAGE


def test_the_owner_says_no_and_the_administrator_sees_it(district: District, own: Client) -> None:
    share(district, "chengjiang")
    offer = ActingOffer.objects.get()
    logins = {"tab": "logins"}
    person = address("person", offer.person_id)
    assert "等答复" in text(window("admin").get(person, logins))
    own.post(f"/account/offers/{offer.pk}/decline/")
    assert "未同意" in text(window("admin").get(person, logins))
    assert "等您答复" not in text(own.get(PAGE))


def test_an_offer_to_somebody_else_does_not_exist(district: District, own: Client) -> None:
    share(district, "meiyouderen")
    offer = ActingOffer.objects.get()
    for answer in ("accept", "decline"):
        assert own.post(f"/account/offers/{offer.pk}/{answer}/").status_code == 404
    foreign = ActingFor.objects.get(account__username="mishuke")
    assert own.get(f"/account/acting/{foreign.pk}/give-up/").status_code == 404
    assert ActingOffer.objects.get().closed_at is None


def test_an_end_that_is_impossible_shows_its_reason_and_no_form(district: District, own: Client) -> None:
    """The administrator's own login in use; what has ended already; one's own at home."""
    mine = ActingFor.objects.get(account__username="admin")
    page = text(window("admin").get(address("account_end", mine.pk)))
    assert "不能停用自己正在使用的账号" in page and 'name="reason"' not in page
    gone = ActingFor.objects.get(account__username="jiaotiju")
    ActingFor.objects.filter(pk=gone.pk).update(voided_at="2026-11-16T08:30+08:00", void_reason="录错")
    page = text(window("admin").get(address("account_end", gone.pk)))
    assert "这个账号已经停用" in page and 'name="reason"' not in page
    home = ActingFor.everywhere.get(account__username="chengjiang")
    page = text(own.get(f"/account/acting/{home.pk}/give-up/"))
    assert "停用请系统管理员办理" in page and "退出立即生效" in page


def test_a_login_of_elsewhere_is_not_offered_to_be_reset_here(district: District, own: Client) -> None:
    share(district, "chengjiang")
    own.post(f"/account/offers/{ActingOffer.objects.get().pk}/accept/")
    account = Account.objects.get(username="chengjiang")
    admin = window("admin")
    page = text(admin.get(address("accounts"), {"q": "chengjiang"}))
    assert "别处开通" in page and address("account_password", account.pk) not in page
    answer = admin.post(address("account_password", account.pk), {"password": "yunchuan-2026-11"})
    assert answer.status_code == 409 and "不是本党委开通的" in text(answer)
    assert Account.objects.get(pk=account.pk).password == account.password
