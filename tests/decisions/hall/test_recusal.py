"""回避 closes the materials and the floor, not the vote alone; and opens them again where it is lifted."""

import re

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from agenda.items.models import ItemRecusal
from agenda.items.policies import visible_to
from agenda.meetings.models import AgendaEntry
from agenda.meetings.services.schedule_item import schedule_item
from common.identity.models import ActingFor
from common.services import Refused
from decisions.hall.models import EntryNote
from decisions.hall.questions import recused_ids
from decisions.hall.recusal import CARRIED
from decisions.hall.services.close_meeting import close_meeting
from decisions.hall.services.note_entry import note_entry
from decisions.hall.services.open_meeting import open_meeting
from decisions.hall.services.sign_in import sign_in
from decisions.outcomes.services.defer_entry import defer_entry
from decisions.votes.services.begin_entry import begin_entry
from decisions.votes.services.lift_recusal import lift_recusal
from tests.decisions.hall_story import MEMBERS, WHY, begun_entry, entry_of, recuse
from tests.support.cast import District
from tests.support.meetings import call, planned_meeting
from tests.support.time import Clock


def signed_in(district: District, name: str) -> Client:
    client = Client()
    account = ActingFor.everywhere.get(person=district.person(name)).account
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


def ways(entry: AgendaEntry) -> list[str]:
    """Every address by which a member might read the entry's item."""
    item = entry.entry_items.get().item
    paper = item.attachments.get()
    return [
        reverse("agenda:item_detail", args=[item.pk]),
        reverse("agenda:item_detail", args=[item.pk]) + "?tab=papers",
        reverse("agenda:item_pdf", args=[item.pk]),
        reverse("agenda:item_paper", args=[item.pk, paper.pk]),
        reverse("agenda:meeting_paper", args=[entry.meeting_id, paper.pk]),
    ]


def answers(client: Client, entry: AgendaEntry) -> set[int]:
    return {client.get(address).status_code for address in ways(entry)}


def page_of(client: Client, entry: AgendaEntry) -> str:
    page = client.get(reverse("agenda:meeting_detail", args=[entry.meeting_id])).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page))


@pytest.mark.parametrize("name", ["沈砚清", "陆景和", "韩立岑", "邵闻笛"])
def test_whoever_is_recused_reads_the_item_by_no_way(district: District, name: str) -> None:
    """书记, a 副书记, a member by his reading grant, 区委办主任 with the office's right: each loses every way."""
    entry = begun_entry(district)
    client, other = signed_in(district, name), signed_in(district, "顾维桢")
    assert 404 not in answers(client, entry)
    assert "提请事项 2 项" in page_of(client, entry)
    note = recuse(district, entry, name)
    assert answers(client, entry) == {404}
    page = page_of(client, entry)
    assert "关于新建城东学校的请示" in page
    assert "您已回避，本项材料不向您开放" in page
    assert "提请事项" not in page
    assert "材料 " not in page
    found = client.get(reverse("desk:search"), {"q": "城东学校"}).content.decode()
    assert ways(entry)[0] not in found
    assert 404 not in answers(other, entry)
    lift_recusal(actor=district.office, note=note)
    assert 404 not in answers(client, entry)
    assert "提请事项 2 项" in page_of(client, entry)
    assert ItemRecusal.objects.get().ended_at is not None


def test_whoever_is_recused_has_no_floor(district: District) -> None:
    entry, person = begun_entry(district), district.person("岑以宁")
    note_entry(actor=district.office, entry=entry, kind="point", text="回避之前的话", person=person)
    recusal = recuse(district, entry, "岑以宁")
    for kind, given in (
        ("point", {"person": person}),
        ("point", {"speaker": "岑以宁"}),
        ("report", {"speaker": "副区长 岑以宁"}),
        ("report", {"speaker": "常务副区长岑以宁（代）"}),
    ):
        with pytest.raises(Refused, match="岑以宁在本项回避，不能登记其汇报、发言和表态"):
            note_entry(actor=district.office, entry=entry, kind=kind, text="我说几句", **given)
    with pytest.raises(DatabaseError, match="回避的人在本项不发言"), transaction.atomic():
        EntryNote.objects.create(
            committee=entry.committee, entry=entry, kind="point", person=person, speaker="岑以宁", text="硬写",
            at=recusal.at, entered_by=district.office.person,
        )  # fmt: skip
    assert EntryNote.objects.count() == 2
    note_entry(actor=district.office, entry=entry, kind="point", text="请把岑以宁的意见另记", speaker="陆景和")
    lift_recusal(actor=district.office, note=recusal)
    note_entry(actor=district.office, entry=entry, kind="point", text="不回避了", person=person)


def test_a_chair_who_is_recused_does_not_sum_up(district: District) -> None:
    entry = begun_entry(district)
    recuse(district, entry, "沈砚清")
    with pytest.raises(Refused, match="沈砚清在本项回避"):
        note_entry(actor=district.office, entry=entry, kind="chair", text="同意")
    assert EntryNote.objects.count() == 1


def test_an_item_put_off_finds_the_same_people_recused_when_it_comes_up_again(district: District) -> None:
    entry, person = begun_entry(district), district.person("韩立岑")
    item = entry.entry_items.get().item
    recuse(district, entry, "韩立岑")
    defer_entry(actor=district.office, entry=entry, reason="资金未落实", todo="财政局补充资金方案")
    close_meeting(actor=district.office, meeting=entry.meeting)
    assert not visible_to(district.actor("韩立岑")).filter(pk=item.pk).exists()
    Clock().set("2026-12-01 09:00")
    meeting = planned_meeting(district, at="2026-12-10 09:00")
    schedule_item(actor=district.office, meeting=meeting, item=item)
    call(district, meeting)
    assert not visible_to(district.actor("韩立岑")).filter(pk=item.pk).exists()
    Clock().set("2026-12-10 08:50")
    sign_in(actor=district.office, meeting=meeting, people=[district.person(name) for name in MEMBERS])
    again = begin_entry(actor=district.office, entry=entry_of(open_meeting(actor=district.office, meeting=meeting)))
    line = EntryNote.objects.get(entry=again)
    assert recused_ids(again) == {person.pk}
    assert (line.basis, line.text) == ("declared", f"{WHY['reason']}；{CARRIED}")
    lift_recusal(actor=district.office, note=line)
    assert recused_ids(again) == set()
    assert visible_to(district.actor("韩立岑")).filter(pk=item.pk).exists()
