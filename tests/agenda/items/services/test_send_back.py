"""退回修改 and 撤回: by whom, until when, and never without a reason."""

import pytest

from agenda.items.models import Item
from agenda.items.services.send_back import send_back
from agenda.items.services.withdraw_item import withdraw_item
from agenda.items.standing import standing_of
from agenda.items.workflow import ItemState
from common.outbox.models import Event
from common.services import NotAllowed, Refused
from common.workflow import move
from tests.support import stories
from tests.support.cast import District

STORIES = [stories.filed_item, stories.accepted_item, stories.vetted_item, stories.ready_item]


@pytest.mark.parametrize("story", STORIES)
def test_the_office_sends_back_with_a_reason_until_scheduling(district: District, story) -> None:
    item = story(district)
    with stories.nothing_changes(item), pytest.raises(Refused, match="退回须写明理由"):
        send_back(actor=district.office, item=item, reason="")
    item = send_back(actor=district.office, item=item, reason="附件不全")
    assert (item.state, item.changes.last().reason) == (ItemState.RETURNED, "附件不全")
    assert standing_of(item).missing[0] == "已退回教体局修改，改好后重新呈报。"
    assert Event.objects.filter(kind="item.returned").count() == 1


def test_what_is_on_an_agenda_is_not_sent_back(district: District) -> None:
    item = stories.ready_item(district)
    move(item, "schedule", actor=district.office)
    with stories.nothing_changes(item), pytest.raises(Refused, match="现在是「已列入」，不能退回修改"):
        send_back(actor=district.office, item=item, reason="附件不全")


def test_a_signer_sends_back_in_his_turn_only(district: District) -> None:
    item = stories.vetted_item(district)
    with stories.nothing_changes(item), pytest.raises(NotAllowed, match="由区委办秘书科或者当前签字人办理"):
        send_back(actor=district.leader, item=item, reason="再核")
    stories.sign_next(district, item)
    assert send_back(actor=district.leader, item=item, reason="再核").state == ItemState.RETURNED


def test_the_secretary_sends_an_urgent_request_back(district: District) -> None:
    item = stories.filed_item(district, urgent=True, urgent_reason="招生在即")
    assert send_back(actor=district.secretary, item=item, reason="不急，下次再议").state == ItemState.RETURNED


def test_others_do_not_send_back(district: District) -> None:
    item = stories.filed_item(district)
    for who in ("liaison", "head", "other_liaison", "lawyer", "secretary", "outsider"):
        with stories.nothing_changes(item), pytest.raises(NotAllowed):
            send_back(actor=getattr(district, who), item=item, reason="再核")


@pytest.mark.parametrize("story", [stories.drafted_item, *STORIES])
def test_the_unit_withdraws_with_a_reason_until_scheduling(district: District, story) -> None:
    item = story(district)
    with stories.nothing_changes(item), pytest.raises(Refused, match="撤回须写明理由"):
        withdraw_item(actor=district.head, item=item, reason=" ")
    number = item.number
    item = withdraw_item(actor=district.head, item=item, reason="不再建设")
    assert (item.state, item.number) == (ItemState.WITHDRAWN, number)
    assert standing_of(Item.objects.get(pk=item.pk)).missing == ()


def test_others_do_not_withdraw(district: District) -> None:
    item = stories.filed_item(district)
    for who in ("office", "director", "other_liaison", "leader", "secretary", "outsider"):
        with stories.nothing_changes(item), pytest.raises(NotAllowed, match="撤回由教体局"):
            withdraw_item(actor=getattr(district, who), item=item, reason="不再建设")


def test_what_was_withdrawn_stays_withdrawn(district: District) -> None:
    item = withdraw_item(actor=district.head, item=stories.filed_item(district), reason="不再建设")
    with stories.nothing_changes(item), pytest.raises(Refused, match="现在是「撤回」"):
        withdraw_item(actor=district.head, item=item, reason="再撤")
