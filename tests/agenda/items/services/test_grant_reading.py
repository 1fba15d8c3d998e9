"""Single grants: to read, or to review by delegation; by whom, until when, and gone afterwards."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission

from agenda.items.models import Item, ItemGrant
from agenda.items.policies import visible_to
from agenda.items.services.grant_reading import delegate_review, end_grant, end_lapsed_grant, grant_reading
from agenda.items.tasks import end_grants
from common import clock as domain_clock
from common.audit.models import AuditEntry
from common.identity.actor import Actor
from common.identity.models import Account, ActingFor, Person
from common.services import NotAllowed, Refused
from tests.support import stories
from tests.support.cast import District
from tests.support.time import Clock

UNTIL = date(2026, 11, 26)


def logged_in(district: District, name: str) -> Actor:
    """A person with the login that the demo opened."""
    acting = ActingFor.objects.select_related("account").get(person__name=name)
    return Actor(district.committee, district.person(name), acting.account)


def sees(actor: Actor, item: Item) -> bool:
    return visible_to(Actor(actor.committee, actor.person, actor.account)).filter(pk=item.pk).exists()


def test_a_reader_sees_the_item_until_the_last_day(district: District, clock: Clock) -> None:
    item = stories.filed_item(district)
    reader = logged_in(district, "程望舒")
    assert not sees(reader, item)
    assert grant_reading(actor=district.office, item=item, persons=[reader.person], until=UNTIL) == []
    assert sees(reader, item)
    clock.set("2026-11-26 23:59")
    assert sees(reader, item)
    clock.set("2026-11-27 00:01")
    assert not sees(reader, item)


def test_who_has_no_login_is_named(district: District) -> None:
    item = stories.filed_item(district)
    persons = [district.person("雷定远"), district.person("程望舒")]
    assert grant_reading(actor=district.office, item=item, persons=persons, until=UNTIL) == [district.person("雷定远")]


def test_a_grant_that_is_extended_while_the_sweep_looks_stays(district: District, clock: Clock) -> None:
    item = stories.filed_item(district)
    reader = logged_in(district, "程望舒")
    grant_reading(actor=district.office, item=item, persons=[reader.person], until=UNTIL)
    clock.set("2026-11-27 08:30")
    seen_lapsed = ItemGrant.objects.get()
    grant_reading(actor=district.office, item=item, persons=[reader.person], until=date(2026, 12, 31))
    end_lapsed_grant(actor=district.office, grant=seen_lapsed)
    assert ItemGrant.objects.get().until == date(2026, 12, 31)
    end_grant(actor=district.office, item=item, persons=[reader.person])
    end_lapsed_grant(actor=district.office, grant=seen_lapsed)
    assert not AuditEntry.objects.filter(verb="end_lapsed_grant").exists()


def test_only_the_office_opens_an_item(district: District) -> None:
    item = stories.filed_item(district)
    for who in ("liaison", "head", "leader", "secretary", "auditor", "outsider"):
        with stories.nothing_changes(item), pytest.raises(NotAllowed, match="查阅授权由区委办办理"):
            grant_reading(actor=getattr(district, who), item=item, persons=[district.person("程望舒")], until=UNTIL)


def test_a_grant_does_not_end_before_today(district: District) -> None:
    item = stories.filed_item(district)
    with stories.nothing_changes(item), pytest.raises(Refused, match="截止日不能早于今天"):
        grant_reading(actor=district.office, item=item, persons=[], until=date(2026, 11, 15))


def test_a_longer_grant_is_not_shortened_by_a_later_one(district: District) -> None:
    item, person = stories.filed_item(district), district.person("程望舒")
    grant_reading(actor=district.office, item=item, persons=[person], until=date(2026, 12, 31))
    grant_reading(actor=district.office, item=item, persons=[person], until=UNTIL)
    assert ItemGrant.objects.get().until == date(2026, 12, 31)


def test_a_grant_is_taken_back_at_once(district: District) -> None:
    item = stories.filed_item(district)
    reader = logged_in(district, "程望舒")
    grant_reading(actor=district.office, item=item, persons=[reader.person], until=UNTIL)
    assert end_grant(actor=district.office, item=item, persons=[reader.person]) == 1
    assert not sees(reader, item)
    assert AuditEntry.objects.filter(verb="end_grant").count() == 1


def test_ended_grants_are_removed_by_beat_and_logged(district: District, clock: Clock) -> None:
    item = stories.filed_item(district)
    person = district.person("程望舒")
    grant_reading(actor=district.office, item=item, persons=[person], until=UNTIL)
    assert end_grants() == 0
    clock.set("2026-11-27 01:00")
    assert end_grants() == 1
    assert not ItemGrant.objects.exists()
    assert AuditEntry.objects.get(verb="end_lapsed_grant").person == district.office.person
    assert end_grants() == 0


def test_a_grant_without_an_end_counts_for_nothing(district: District) -> None:
    item = stories.filed_item(district)
    reader = logged_in(district, "程望舒")
    right = Permission.objects.get(codename="view_item", content_type__app_label="agenda")
    ItemGrant.objects.create(content_object=item, permission=right, user=reader.account, person=reader.person)
    assert not sees(reader, item)


def test_a_delegate_reviews_one_check_of_one_item(district: District) -> None:
    item, other = stories.accepted_item(district), stories.accepted_item(district)
    delegate = logged_in(district, "程望舒")
    delegate_review(actor=district.lawyer, item=item, kind="legal", person=delegate.person, until=UNTIL)
    assert sees(delegate, item)
    opinion = stories.conclude(district, item, "legal", actor=delegate)
    assert opinion.reviewer == delegate.person
    for wrong, kind in ((item, "risk"), (other, "legal")):
        with stories.nothing_changes(wrong), pytest.raises(NotAllowed):
            stories.conclude(district, wrong, kind, actor=delegate)


def test_a_delegation_ends(district: District, clock: Clock) -> None:
    item = stories.accepted_item(district)
    delegate = logged_in(district, "程望舒")
    delegate_review(actor=district.lawyer, item=item, kind="legal", person=delegate.person, until=UNTIL)
    clock.set("2026-11-27 09:00")
    with stories.nothing_changes(item), pytest.raises(NotAllowed):
        stories.conclude(district, item, "legal", actor=delegate)


def test_only_the_reviewer_or_the_director_delegates(district: District) -> None:
    item, person = stories.accepted_item(district), district.person("程望舒")
    for who in (district.liaison, district.office, district.risk_reviewer):
        with stories.nothing_changes(item), pytest.raises(NotAllowed, match="由合法性审查人或区委办主任委托"):
            delegate_review(actor=who, item=item, kind="legal", person=person, until=UNTIL)
    delegate_review(actor=district.director, item=item, kind="legal", person=person, until=UNTIL)


def test_somebody_without_a_login_cannot_be_a_delegate(district: District) -> None:
    item = stories.accepted_item(district)
    with stories.nothing_changes(item), pytest.raises(Refused, match="雷定远没有登录账号，不能代审"):
        delegate_review(actor=district.lawyer, item=item, kind="legal", person=district.person("雷定远"), until=UNTIL)


def test_a_grant_belongs_to_a_login_and_not_to_its_namesake(district: District) -> None:
    item = stories.filed_item(district)
    grant_reading(actor=district.office, item=item, persons=[district.person("程望舒")], until=UNTIL)
    stranger = Account.objects.create_user("stranger", "x" * 12, label="程望舒", home=district.committee)
    assert not sees(Actor(district.committee, district.person("夏知秋"), stranger), item)


def assistant_of(district: District, person: Person) -> ActingFor:
    """夏知秋, who has a login and may from today on act for this person, too."""
    account = Account.objects.create_user("xia", "x" * 12, label="夏知秋", home=district.committee)
    days = {"valid_from": domain_clock.today(), "recorded_at": domain_clock.now()}
    for one, kind in ((district.outsider.person, ActingFor.Kind.SELF), (person, ActingFor.Kind.STAFF)):
        right = ActingFor.objects.create(committee=district.committee, account=account, person=one, kind=kind, **days)
    return right


def test_a_grant_is_the_persons_and_not_the_delegates(district: District) -> None:
    """The assistant reads it while acting for the person; as himself he does not, neither now nor afterwards."""
    item, reader = stories.filed_item(district), logged_in(district, "程望舒")
    right = assistant_of(district, reader.person)
    grant_reading(actor=district.office, item=item, persons=[reader.person], until=UNTIL)
    assert [grant.user for grant in ItemGrant.objects.all()] == [reader.account]
    assert sees(Actor(district.committee, reader.person, right.account, by_staff=True), item)
    assert not sees(Actor(district.committee, district.outsider.person, right.account), item)
    ActingFor.objects.filter(pk=right.pk).update(valid_from=date(2026, 1, 1), valid_to=date(2026, 11, 15))
    assert end_grant(actor=district.office, item=item, persons=[reader.person]) == 1
    assert not ItemGrant.objects.exists()


def test_whose_only_login_is_a_delegates_reads_on_paper(district: District) -> None:
    item, person = stories.filed_item(district), district.person("雷定远")
    assistant_of(district, person)
    assert grant_reading(actor=district.office, item=item, persons=[person], until=UNTIL) == [person]
    assert not ItemGrant.objects.exists()


def test_a_grant_is_taken_back_after_the_login_was_closed(district: District) -> None:
    item, reader = stories.filed_item(district), logged_in(district, "程望舒")
    grant_reading(actor=district.office, item=item, persons=[reader.person], until=UNTIL)
    ActingFor.objects.filter(person=reader.person).update(valid_from=date(2026, 1, 1), valid_to=date(2026, 11, 15))
    assert end_grant(actor=district.office, item=item, persons=[reader.person]) == 1


def test_a_delegated_review_is_no_delegates(district: District) -> None:
    """Neither in the delegate's own name nor in the name of whom he acts for."""
    item, reviewer = stories.accepted_item(district), logged_in(district, "程望舒")
    right = assistant_of(district, reviewer.person)
    delegate_review(actor=district.lawyer, item=item, kind="legal", person=reviewer.person, until=UNTIL)
    staff = Actor(district.committee, reviewer.person, right.account, by_staff=True)
    for who in (staff, Actor(district.committee, district.outsider.person, right.account)):
        with stories.nothing_changes(item), pytest.raises(NotAllowed):
            stories.conclude(district, item, "legal", actor=who)
    assert stories.conclude(district, item, "legal", actor=reviewer).reviewer == reviewer.person
