"""What a notice opens to the members: in as many queries for four items as for one, and noted once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agenda.items.models import ItemGrant
from agenda.items.policies import visible_to
from agenda.items.services.open_items import open_items
from agenda.meetings.services.set_entry import set_entry
from common.audit.models import AuditEntry
from common.identity.models import ActingFor
from common.services import NotAllowed
from tests.support.cast import District
from tests.support.meetings import call, called_meeting, on_agenda, planned_meeting
from tests.support.stories import heard_item, ready_item


def queries_of_a_notice(district: District, at: str, items: int) -> int:
    meeting = planned_meeting(district, at)
    on_agenda(district, meeting, *(heard_item(district, title=f"关于{at}第{n}件的报告") for n in range(items)))
    with CaptureQueriesContext(connection) as queries:
        call(district, meeting)
    return len(queries)


def test_a_notice_costs_the_same_for_four_items_as_for_one(district: District) -> None:
    one = queries_of_a_notice(district, "2026-11-26 15:00", 1)
    assert queries_of_a_notice(district, "2026-12-10 15:00", 4) == one


def test_the_opening_is_noted_once_and_names_the_meeting(district: District) -> None:
    items = [ready_item(district), heard_item(district)]
    meeting = called_meeting(district, *items)
    entry = AuditEntry.objects.get(verb="open_items")
    assert (entry.subject_id, entry.subject_label) == (meeting.pk, "区委常委会第21次会议")
    assert entry.detail["items"] == [item.pk for item in items]
    assert entry.detail["until"] == "2026-11-26"
    assert not AuditEntry.objects.filter(verb="grant").exists()
    own = ActingFor.objects.filter(kind=ActingFor.Kind.SELF, person__name__in=entry.detail["persons"])
    assert ItemGrant.objects.count() == 2 * own.count()


def test_a_further_notice_opens_for_the_members_of_then(district: District) -> None:
    """A member who lost his login's right since reads no more by it; nobody has two grants."""
    item = heard_item(district)
    meeting = called_meeting(district, item)
    before = ItemGrant.objects.count()
    set_entry(actor=district.office, entry=meeting.entries.get(), minutes=25, presenter="韩立岑")
    call(district, meeting)
    assert ItemGrant.objects.count() == before
    open_items(
        actor=district.office, items=[item], persons=[district.mayor.person], until=meeting.day, occasion=meeting
    )
    assert {grant.person for grant in ItemGrant.objects.all()} == {district.mayor.person}


def test_only_who_opens_items_opens_several(district: District) -> None:
    item = heard_item(district)
    meeting = planned_meeting(district)
    reader = district.person("程望舒")
    for actor in (district.head, district.secretary, district.outsider):
        with pytest.raises(NotAllowed, match="查阅授权由区委办办理"):
            open_items(actor=actor, items=[item], persons=[reader], until=meeting.day, occasion=meeting)
    assert not ItemGrant.objects.exists()
    assert not visible_to(district.actor("程望舒")).filter(pk=item.pk).exists()
