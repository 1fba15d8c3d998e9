"""受理: by the office; what came too late only as urgent, with 书记's approval."""

import pytest

from agenda.items.deadlines import coming_meeting_days
from agenda.items.models import Item
from agenda.items.services.accept_item import accept_item
from agenda.items.services.approve_urgent import approve_urgent
from agenda.items.services.ask_urgent import ask_urgent
from agenda.items.services.revise_item import revise_item
from agenda.items.services.send_back import send_back
from agenda.items.services.submit_item import submit_item
from agenda.items.urgency import awaits_secretary
from agenda.items.workflow import ItemState
from common import clock as domain_clock
from common.services import NotAllowed, Refused
from tests.support import stories
from tests.support.cast import District
from tests.support.meetings import planned_meeting
from tests.support.time import Clock


@pytest.mark.parametrize("who", ["office", "director"])
def test_the_office_accepts(district: District, who: str) -> None:
    item = accept_item(actor=getattr(district, who), item=stories.filed_item(district))
    assert item.state == ItemState.VETTING


def test_nobody_else_accepts(district: District) -> None:
    item = stories.filed_item(district)
    for who in ("liaison", "head", "leader", "mayor", "secretary", "outsider"):
        with stories.nothing_changes(item), pytest.raises(NotAllowed, match="由区委办秘书科受理"):
            accept_item(actor=getattr(district, who), item=item)


def test_an_item_without_checks_goes_on_to_signing_at_once(district: District) -> None:
    item = stories.accepted_item(district, unit="宣传部", matter_kind="意识形态、统战、群团、武装", presenter="程望舒")
    assert item.state == ItemState.SIGNING


def test_in_time_for_the_coming_meeting(district: District, clock: Clock) -> None:
    planned_meeting(district, "2026-11-26 15:00")
    clock.set("2026-11-19 17:00")
    assert accept_item(actor=district.office, item=stories.filed_item(district)).state == ItemState.VETTING


def test_late_for_the_only_planned_meeting_is_refused_with_the_way_out(district: District, clock: Clock) -> None:
    planned_meeting(district, "2026-11-26 15:00")
    clock.set("2026-11-20 08:30")
    item = stories.filed_item(district)
    sentence = "呈报截止日是11月19日（周四）。请教体局写明理由申请急件，由书记批准；或者等下次会议排定"
    with stories.nothing_changes(item), pytest.raises(Refused, match=sentence):
        accept_item(actor=district.office, item=item)


def test_late_for_this_meeting_but_in_time_for_the_next(district: District, clock: Clock) -> None:
    planned_meeting(district, "2026-11-26 15:00")
    planned_meeting(district, "2026-12-10 15:00")
    clock.set("2026-11-20 08:30")
    assert accept_item(actor=district.office, item=stories.filed_item(district)).state == ItemState.VETTING


def test_an_urgent_item_waits_for_the_secretary(district: District, clock: Clock) -> None:
    planned_meeting(district, "2026-11-26 15:00")
    planned_meeting(district, "2026-12-10 15:00")
    clock.set("2026-11-20 08:30")
    item = stories.filed_item(district, urgent=True, urgent_reason="学位缺口须在招生前解决")
    with stories.nothing_changes(item), pytest.raises(Refused, match="急件申请已经提出，等书记批准后即可受理"):
        accept_item(actor=district.office, item=item)
    approval = approve_urgent(actor=district.secretary, item=item, digest=item.version.digest)
    assert (approval.reason, approval.asked_by) == ("学位缺口须在招生前解决", district.liaison.person)
    assert accept_item(actor=district.office, item=item).state == ItemState.VETTING


def test_urgency_can_be_asked_after_filing_without_a_new_version(district: District, clock: Clock) -> None:
    planned_meeting(district, "2026-11-26 15:00")
    clock.set("2026-11-20 08:30")
    item = stories.filed_item(district)
    ask_urgent(actor=district.head, item=item, reason="招生在即")
    approve_urgent(actor=district.secretary, item=item, digest=item.version.digest)
    assert accept_item(actor=district.office, item=item).state == ItemState.VETTING
    assert item.versions.count() == 1


def test_urgency_ends_with_the_version_it_was_for(district: District, clock: Clock) -> None:
    """Approved, returned, filed anew with another text: late again it asks 书记 again."""
    planned_meeting(district, "2026-11-26 15:00")
    clock.set("2026-11-20 08:30")
    item = stories.filed_item(district, urgent=True, urgent_reason="招生在即")
    assert approve_urgent(actor=district.secretary, item=item, digest=item.version.digest).version == item.version
    send_back(actor=district.office, item=item, reason="材料不齐")
    submit_item(actor=district.liaison, item=item)
    item = Item.objects.get(pk=item.pk)
    with stories.nothing_changes(item), pytest.raises(Refused, match="急件申请已经提出，等书记批准"):
        accept_item(actor=district.office, item=item)
    again = approve_urgent(actor=district.secretary, item=item, digest=item.version.digest)
    assert (again.version, again.version.no) == (item.version, 2)
    assert accept_item(actor=district.office, item=item).state == ItemState.VETTING
    revise_item(actor=district.liaison, item=item, reason="改")
    item = Item.objects.get(pk=item.pk)
    assert awaits_secretary(item)


def test_a_request_answered_by_a_return_does_not_stay_open(district: District, clock: Clock) -> None:
    planned_meeting(district, "2026-11-26 15:00")
    clock.set("2026-11-20 08:30")
    item = stories.filed_item(district)
    ask_urgent(actor=district.head, item=item, reason="招生在即")
    send_back(actor=district.secretary, item=item, reason="等下次会议")
    submit_item(actor=district.liaison, item=item)
    item = Item.objects.get(pk=item.pk)
    assert not awaits_secretary(item)
    with stories.nothing_changes(item), pytest.raises(Refused, match="没有待批准的急件申请"):
        approve_urgent(actor=district.secretary, item=item, digest=item.version.digest)
    with stories.nothing_changes(item), pytest.raises(Refused, match="写明理由申请急件"):
        accept_item(actor=district.office, item=item)


def test_the_secretary_approves_what_his_page_showed_and_no_newer_text(district: District) -> None:
    item = stories.filed_item(district, urgent=True, urgent_reason="招生在即")
    shown = item.version.digest
    revise_item(actor=district.liaison, item=item, reason="增加一所")
    item = Item.objects.get(pk=item.pk)
    with stories.nothing_changes(item), pytest.raises(Refused, match="提交了新稿，现在是第2稿"):
        approve_urgent(actor=district.secretary, item=item, digest=shown)
    assert approve_urgent(actor=district.secretary, item=item, digest=item.version.digest).version.no == 2


def test_only_the_secretary_approves_urgency(district: District) -> None:
    item = stories.filed_item(district, urgent=True, urgent_reason="招生在即")
    for who in ("liaison", "office", "director", "mayor", "outsider"):
        with stories.nothing_changes(item), pytest.raises(NotAllowed, match="急件由书记批准"):
            approve_urgent(actor=getattr(district, who), item=item, digest=item.version.digest)


def test_there_is_nothing_to_approve_without_a_request(district: District) -> None:
    item = stories.filed_item(district)
    with stories.nothing_changes(item), pytest.raises(Refused, match="没有待批准的急件申请"):
        approve_urgent(actor=district.secretary, item=item, digest=item.version.digest)


@pytest.mark.parametrize(("who", "reason"), [("other_liaison", "急"), ("office", "急"), ("liaison", " ")])
def test_urgency_is_asked_by_the_unit_and_with_a_reason(district: District, who: str, reason: str) -> None:
    item = stories.filed_item(district)
    with stories.nothing_changes(item), pytest.raises(Refused):
        ask_urgent(actor=getattr(district, who), item=item, reason=reason)


def test_a_meeting_of_another_committee_sets_no_deadline(district: District, neighbour: District) -> None:
    planned_meeting(district, "2026-11-26 15:00")
    from common.tenancy.scope import committee_scope

    with committee_scope(neighbour.committee.pk):
        assert coming_meeting_days(domain_clock.today()) == {}
