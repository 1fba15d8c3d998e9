"""A login of another committee acts here only when its owner says so, and no longer than he wants; names tell nothing.

杜衡 has his login at 澄江县委; 云川区委 registers him as the person who is 列席 here, too.
"""

from dataclasses import replace
from datetime import date

import pytest

from committee.register.services.answer_offers import accept_offer, decline_offer, give_up_acting, withdraw_offer
from committee.register.services.keep_accounts import delegate_account, open_account, share_account
from committee.register.services.keep_passwords import reset_password, unlock_account
from common.identity.actor import Actor
from common.identity.models import Account, ActingFor, ActingOffer, Person
from common.tenancy.scope import committee_scope
from tests.committee.refusals import database_refuses, not_allowed, refused, sql, verbs
from tests.support.cast import District

TODAY = date(2026, 11, 16)
PASSWORD = "qingning-2026-11"


@pytest.fixture
def foreign(neighbour: District) -> Account:
    """秦朗's login at 澄江县委."""
    with committee_scope(neighbour.committee.pk):
        person = neighbour.person("秦朗")
        return open_account(actor=neighbour.administrator, person=person, username="chengjiang", password=PASSWORD)


def offered(district: District, username: str = "chengjiang", name: str = "夏知秋") -> ActingOffer:
    made = share_account(actor=district.administrator, person=district.person(name), username=username)
    assert isinstance(made, ActingOffer)
    return made


def owner(district: District, offer: ActingOffer, account: Account) -> Actor:
    """The one whose login it is, as the person he is offered."""
    staff = offer.kind == ActingFor.Kind.STAFF
    return Actor(district.committee, offer.person, account, by_staff=staff, source="测试")


def acting_for(person: Person) -> list[str]:
    return [each.account.username for each in ActingFor.objects.on(TODAY).filter(person=person).order_by("pk")]


def test_a_login_of_elsewhere_gives_nothing_until_its_owner_agrees(district: District, foreign: Account) -> None:
    offer = offered(district)
    assert acting_for(offer.person) == []
    assert verbs(offer) == ["offer_account"]
    acting = accept_offer(actor=owner(district, offer, foreign), offer=offer)
    assert acting_for(offer.person) == ["chengjiang"]
    assert (acting.kind, verbs(acting)) == ("self", ["accept_offer"])
    assert ActingOffer.objects.get().outcome == "accepted"


def test_a_name_that_nobody_has_is_treated_just_so(district: District, foreign: Account) -> None:
    there, nowhere = offered(district), offered(district, "meiyouderen")
    same = ("kind", "person_id", "outcome", "closed_at")
    assert [getattr(there, name) for name in same] == [getattr(nowhere, name) for name in same]
    assert verbs(there) == verbs(nowhere)
    with refused("正在等他答复"):
        offered(district)
    with refused("正在等他答复"):
        offered(district, "meiyouderen")


def test_a_delegation_to_a_login_of_elsewhere_waits_too(district: District, foreign: Account) -> None:
    offer = delegate_account(
        actor=district.leader,
        person=district.leader.person,
        username="chengjiang",
        basis="本人书面委托",
        valid_to=date(2026, 11, 30),
    )
    assert isinstance(offer, ActingOffer)
    assert acting_for(district.leader.person) == ["fuqu"]
    acting = accept_offer(actor=owner(district, offer, foreign), offer=offer)
    assert (acting.kind, acting.basis, acting.valid_to) == ("staff", "本人书面委托", date(2026, 11, 30))


def test_nobody_answers_for_the_owner(district: District, foreign: Account) -> None:
    offer = offered(district)
    clerk = Account.objects.get(username="mishuke")
    for actor in (district.administrator, owner(district, offer, clerk)):
        for answer in (accept_offer, decline_offer):
            with not_allowed():
                answer(actor=actor, offer=offer)
    assert acting_for(offer.person) == []
    assert ActingOffer.objects.get().closed_at is None


def test_a_declined_offer_gives_nothing_and_is_over(district: District, foreign: Account) -> None:
    offer = offered(district)
    decline_offer(actor=owner(district, offer, foreign), offer=offer)
    with refused("这一邀请未同意，不能再答复"):
        accept_offer(actor=owner(district, offer, foreign), offer=offer)
    assert acting_for(offer.person) == []
    assert offered(district).pk != offer.pk, "it may be asked again"


def test_who_made_an_offer_takes_it_back_and_nobody_else_does(district: District, foreign: Account) -> None:
    offer = offered(district)
    with not_allowed():
        withdraw_offer(actor=district.office, offer=offer)
    withdraw_offer(actor=district.administrator, offer=offer)
    with refused("这一邀请已撤回"):
        accept_offer(actor=owner(district, offer, foreign), offer=offer)
    assert acting_for(offer.person) == []


def test_an_offer_whose_last_day_has_passed_is_no_longer_to_be_had(district: District, foreign: Account, clock) -> None:
    offer = delegate_account(
        actor=district.leader, person=district.leader.person, username="chengjiang", basis="委托", valid_to=TODAY
    )
    assert isinstance(offer, ActingOffer)
    clock.set("2026-11-17 09:00")
    with refused("止日已经过了"):
        accept_offer(actor=owner(district, offer, foreign), offer=offer)


def test_the_owner_always_ends_what_he_accepted(district: District, foreign: Account, clock) -> None:
    offer = offered(district)
    acting = accept_offer(actor=owner(district, offer, foreign), offer=offer)
    clock.set("2026-11-18 10:00")
    with not_allowed():
        give_up_acting(actor=district.office, acting=acting)
    give_up_acting(actor=owner(district, offer, foreign), acting=acting)
    assert not ActingFor.objects.on(date(2026, 11, 18)).filter(pk=acting.pk).exists()
    assert verbs(acting)[-2:] == ["give_up_acting_because", "give_up_acting"]
    with refused("已经停用"):
        give_up_acting(actor=owner(district, offer, foreign), acting=acting)


def test_a_delegate_gives_up_and_nobody_gives_up_what_he_is_at_home(district: District) -> None:
    staff = delegate_account(
        actor=district.leader, person=district.leader.person, username="mishuke", basis="本人书面委托"
    )
    assert isinstance(staff, ActingFor)
    own = ActingFor.objects.get(account=staff.account, kind="self")
    with refused("停用请系统管理员办理"):
        give_up_acting(actor=replace(district.office, account=own.account), acting=own)
    give_up_acting(actor=replace(district.leader, account=own.account, by_staff=True), acting=staff)
    assert acting_for(district.leader.person) == ["fuqu"]


def test_the_home_committee_goes_on_resetting_it_and_the_other_never_does(
    district: District, neighbour: District, foreign: Account
) -> None:
    offer = offered(district)
    accept_offer(actor=owner(district, offer, foreign), offer=offer)
    before = Account.objects.get(pk=foreign.pk).password
    for act in (unlock_account, lambda **given: reset_password(**given, password="yunchuan-2026-11")):
        with refused("不是本党委开通的"):
            act(actor=district.administrator, account=foreign)
    assert Account.objects.get(pk=foreign.pk).password == before
    with committee_scope(neighbour.committee.pk):
        reset_password(actor=neighbour.administrator, account=foreign, password="qiu-yu-chun-feng")
    assert Account.objects.get(pk=foreign.pk).check_password("qiu-yu-chun-feng")


def test_a_login_opened_here_needs_nobodys_leave_and_another_post_does(district: District) -> None:
    acting = share_account(actor=district.administrator, person=district.person("夏知秋"), username="jiaotiju")
    assert isinstance(acting, ActingFor)
    with not_allowed():
        share_account(actor=district.office, person=district.person("雷定远"), username="jiaotiju")


def test_the_database_keeps_what_was_asked_and_whom_a_login_stands_for(district: District, foreign: Account) -> None:
    offer = offered(district)
    acting = accept_offer(actor=owner(district, offer, foreign), offer=offer)
    with database_refuses("请他人账号代表的内容不能改"):
        sql("UPDATE common_actingoffer SET closed_at = NULL, outcome = '' WHERE id = %s", offer.pk)
    with database_refuses("账号代表谁不能改"):
        sql("UPDATE common_actingfor SET person_id = %s WHERE id = %s", district.secretary.person.pk, acting.pk)
