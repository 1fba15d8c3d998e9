"""What a delegate does not do in another's name: each act is refused with one sentence and offered by no page."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agenda.items.actions import actions_for
from agenda.items.models import Item
from agenda.items.policies import may_grant_reading, visible_to
from agenda.items.reports import waiting_for as items_waiting
from agenda.items.services.approve_urgent import approve_urgent
from agenda.items.services.confirm_opinion import confirm_opinion
from agenda.items.services.grant_reading import delegate_review
from agenda.items.services.revise_item import revise_item
from agenda.items.services.send_back import send_back
from agenda.items.services.sign_item import sign_item
from agenda.items.services.waive_check import waive_check
from agenda.items.standing import standing_of
from agenda.meetings.reports import waiting_for as meetings_waiting
from agenda.meetings.services.reply_to_notice import reply_to_notice
from agenda.meetings.services.rule_leave import rule_leave
from common import clock
from common.identity.actor import Actor
from common.identity.models import Account, ActingFor
from common.services import NotAllowed
from tests.support import stories
from tests.support.cast import District
from tests.support.meetings import called_meeting

IN_PERSON = "须由本人办理，受托代办的账号不能代为办理"


def staff_of(actor: Actor) -> Actor:
    """Somebody who was given the right to act for this person."""
    account, _ = Account.objects.get_or_create(
        username="mishu", defaults={"label": "秘书小李", "home": actor.committee}
    )
    return replace(actor, account=account, by_staff=True, memory={})


def refused(act: Callable[..., object], actor: Actor, item: Item, **given: Any) -> None:
    """To the delegate, and nothing is written."""
    with stories.nothing_changes(item), pytest.raises(NotAllowed, match=IN_PERSON):
        act(actor=staff_of(actor), item=item, **given)


def offered(actor: Actor, item: Item) -> set[str]:
    """What the item's page lets this person do now."""
    return {action.verb for action in actions_for(actor, item, standing_of(item)) if not action.why_not}


def test_a_delegate_concludes_waives_and_delegates_no_check(district: District) -> None:
    item = stories.accepted_item(district)
    digest = item.version.digest
    refused(stories_conclude, district.lawyer, item)
    refused(waive_check, district.director, item, kind="expert", digest=digest, reason="不涉及")
    until, person = clock.today(), district.person("程望舒")
    for who in (district.lawyer, district.director):
        refused(delegate_review, who, item, kind="legal", person=person, until=until)
    for who in (district.lawyer, district.director):
        own, theirs = offered(who, item), offered(staff_of(who), item)
        assert {verb for verb in own if "审查" in verb or "不适用" in verb}
        assert not {verb for verb in theirs if "审查" in verb or "不适用" in verb}


def stories_conclude(*, actor: Actor, item: Item) -> object:
    return stories.conclude(District(actor.committee), item, "legal", actor=actor)


def test_a_delegate_confirms_no_check(district: District) -> None:
    item = stories.vetted_item(district)
    revise_item(actor=district.liaison, item=item, reason="改")
    item = stories.accept(district, item)
    refused(confirm_opinion, district.lawyer, item, kind="legal", digest=item.version.digest)
    assert "确认合法性审查" in offered(district.lawyer, item)
    assert "确认合法性审查" not in offered(staff_of(district.lawyer), item)


def test_a_delegate_signs_and_returns_nothing(district: District) -> None:
    item = stories.vetted_item(district)
    refused(sign_item, district.head, item, digest=item.version.digest)
    refused(send_back, district.head, item, reason="再核")
    assert {"签批", "退回修改"} <= offered(district.head, item)
    assert not {"签批", "退回修改"} & offered(staff_of(district.head), item)


def test_a_delegate_of_the_secretary_approves_no_urgency(district: District) -> None:
    item = stories.filed_item(district, urgent=True, urgent_reason="招生在即")
    refused(approve_urgent, district.secretary, item, digest=item.version.digest)
    refused(send_back, district.secretary, item, reason="等下次")
    assert {"批准急件", "退回修改"} <= offered(district.secretary, item)
    assert not {"批准急件", "退回修改"} & offered(staff_of(district.secretary), item)


def test_a_delegate_of_the_secretary_rules_on_no_leave(district: District) -> None:
    item = stories.heard_item(district)
    meeting = called_meeting(district, item)
    reply = reply_to_notice(actor=staff_of(district.mayor), meeting=meeting, answer="leave", reason="外出招商")
    with stories.nothing_changes(item), pytest.raises(NotAllowed, match=f"批假{IN_PERSON}"):
        rule_leave(actor=staff_of(district.secretary), reply=reply, approved=True)
    assert rule_leave(actor=district.secretary, reply=reply, approved=True).approved


def test_what_only_the_person_may_do_is_named_as_such_to_his_delegate(district: District) -> None:
    stories.filed_item(district, urgent=True, urgent_reason="招生在即")
    heard = stories.heard_item(district)
    meeting = called_meeting(district, heard)
    reply_to_notice(actor=district.mayor, meeting=meeting, answer="leave", reason="外出招商")
    today = clock.today()
    tasks = [*items_waiting(district.secretary, today), *meetings_waiting(district.secretary, today)]
    assert {task.verb: task.in_person for task in tasks} == {"批准急件": True, "批假": True, "答复": False}
    own, staff = district.client("沈砚清"), delegate_browser(district, "沈砚清")
    assert "须本人办理" not in own.get(reverse("desk:workbench")).content.decode()
    assert staff.get(reverse("desk:workbench")).content.decode().count("须本人办理") == 2


def delegate_browser(district: District, name: str) -> Client:
    """A login that acts for this person only, by delegation."""
    account = Account.objects.create_user("weituo", "x" * 12, label="秘书小李", home=district.committee)
    ActingFor.objects.create(
        committee=district.committee,
        account=account,
        person=district.person(name),
        kind=ActingFor.Kind.STAFF,
        basis="本人委托",
        valid_from=clock.today(),
        recorded_at=clock.now(),
    )
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_delegate_reads_and_the_office_keeps_its_daily_work(district: District) -> None:
    item = stories.accepted_item(district)
    staff = staff_of(district.director)
    assert visible_to(staff).filter(pk=item.pk).exists()
    assert may_grant_reading(staff, item)
    send_back(actor=staff, item=item, reason="材料不齐")
