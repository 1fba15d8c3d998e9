"""Logins: opened by the administrator, acting for others only by their leave, ended at once."""

from datetime import date

from committee.register.services.keep_accounts import delegate_account, end_acting, open_account
from common.identity.models import Account, ActingFor, Person
from tests.committee.refusals import not_allowed, refused, verbs
from tests.support.cast import District

TODAY = date(2026, 11, 16)
PASSWORD = "qingning-2026-11"


def acting_for(person: Person) -> list[str]:
    return [each.account.username for each in ActingFor.objects.on(TODAY).filter(person=person).order_by("pk")]


def open_for(district: District, actor=None, **changed) -> Account:
    fields = {"person": district.person("唐砺"), "username": "fagaiju", "password": PASSWORD}
    return open_account(actor=actor or district.administrator, **{**fields, **changed})


def test_the_administrator_opens_a_login_whose_password_must_be_changed(district: District) -> None:
    account = open_for(district)
    assert account.check_password(PASSWORD)
    assert account.must_change_password
    assert acting_for(district.person("唐砺")) == ["fagaiju"]
    assert verbs(district.person("唐砺"))[-1] == "open_account"


def test_nobody_else_opens_one_not_even_the_clerk(district: District) -> None:
    for actor in (district.office, district.secretary, district.head):
        with not_allowed():
            open_for(district, actor)
    assert not Account.objects.filter(username="fagaiju").exists()


def test_a_name_in_use_a_weak_password_and_a_second_login_are_refused(district: District) -> None:
    with refused("登录名「mishuke」已有人使用"):
        open_for(district, username="mishuke")
    for weak in ("1234567890", "short", "password1234"):
        with refused():
            open_for(district, password=weak)
    with refused("已有登录名「mishuke」"):
        open_for(district, person=district.office.person)
    assert not Account.objects.filter(username="fagaiju").exists()


def test_a_leader_lets_the_clerk_act_for_him_until_a_day(district: District) -> None:
    acting = delegate_account(
        actor=district.leader,
        person=district.leader.person,
        username="mishuke",
        basis="本人书面委托",
        valid_to=date(2026, 11, 30),
    )
    assert acting.kind == ActingFor.Kind.STAFF
    assert acting_for(district.leader.person) == ["fuqu", "mishuke"]
    assert not ActingFor.objects.on(date(2026, 12, 1)).filter(pk=acting.pk).exists()


def test_nobody_lets_others_act_for_somebody_else(district: District) -> None:
    for actor in (district.office, district.mayor, district.head):
        with not_allowed():
            delegate_account(actor=actor, person=district.leader.person, username="mishuke", basis="口头")
    assert acting_for(district.leader.person) == ["fuqu"]


def test_a_delegation_needs_a_basis_and_days_to_come_and_is_made_once(district: District) -> None:
    given = {"actor": district.administrator, "person": district.leader.person, "username": "mishuke"}
    with refused("请写明委托的依据"):
        delegate_account(**given, basis=" ")
    with refused("不能早于今天"):
        delegate_account(**given, basis="委托", valid_to=date(2026, 11, 15))
    delegate_account(**given, basis="委托")
    with refused("已经可以代表此人"):
        delegate_account(**given, basis="委托")


def test_a_delegation_ends_at_once_by_the_person_s_own_word(district: District, clock) -> None:
    acting = delegate_account(actor=district.leader, person=district.leader.person, username="mishuke", basis="委托")
    clock.set("2026-11-18 10:00")
    with not_allowed():
        end_acting(actor=district.mayor, acting=acting, reason="不妥")
    end_acting(actor=district.leader, acting=acting, reason="人员调动")
    acting.refresh_from_db()
    assert acting.valid_to == date(2026, 11, 17)


def test_what_began_today_is_voided_so_that_it_too_ends_at_once(district: District) -> None:
    acting = delegate_account(actor=district.leader, person=district.leader.person, username="mishuke", basis="委托")
    end_acting(actor=district.administrator, acting=acting, reason="委托书有误")
    assert acting_for(district.leader.person) == ["fuqu"]


def test_the_administrator_ends_a_login_but_not_the_one_in_use(district: District, clock) -> None:
    clock.set("2026-11-18 10:00")
    own = ActingFor.objects.get(person=district.person("林知微"))
    with not_allowed():
        end_acting(actor=district.office, acting=own, reason="调离")
    with refused("请写明停用的理由"):
        end_acting(actor=district.administrator, acting=own, reason="")
    end_acting(actor=district.administrator, acting=own, reason="调离本区")
    assert not ActingFor.objects.on(date(2026, 11, 18)).filter(pk=own.pk).exists()
    with refused("已经停用"):
        end_acting(actor=district.administrator, acting=own, reason="再停一次")
