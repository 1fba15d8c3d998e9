"""The pages of meetings as people see them: who gets which, what is refused, how many queries."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from agenda.items.models import Item
from agenda.items.services.send_back import send_back
from agenda.meetings.models import AgendaEntry, Meeting, PaperReading
from agenda.meetings.order import order_mark
from agenda.meetings.services.set_attendants import set_attendants
from agenda.meetings.services.set_entry import set_entry
from agenda.rules.models import MatterKind, Nature
from common.tenancy.scope import committee_scope
from tests.agenda.meetings.meeting_pages import at, seen_on, signed_in, text, words
from tests.support.meetings import call, called_meeting, on_agenda, planned_meeting
from tests.support.stories import accepted_item, heard_item, ready_item, vetted_item
from tests.support.time import Clock

TITLE = "关于新建城东学校的请示"


def test_a_meeting_is_planned_in_the_browser(office, district) -> None:
    given = {
        "body": planned_meeting(district, "2026-12-03 15:00").body_id,
        "kind": "regular",
        "day": "2026-11-26",
        "time": "15:00",
        "place": "区委常委会会议室",
        "chair": district.secretary.person.pk,
        "recorder": "",
        "remark": "",
    }
    answer = office.post(at("meeting_plan"), given)
    meeting = Meeting.objects.with_names().order_by("pk").last()
    assert answer.url == at("meeting_detail", meeting.pk)
    assert str(meeting) == "区委常委会第22次会议"
    refused = office.post(at("meeting_plan"), given)
    assert "已安排在" in text(refused)
    assert "区委常委会会议室" in text(refused)


def test_the_page_reads_like_the_agenda(office, district) -> None:
    meeting = planned_meeting(district)
    on_agenda(district, meeting, heard_item(district), ready_item(district))
    page = words(office.get(at("meeting_detail", meeting.pk)))
    assert "八届区委常委会第21次会议" in page
    note = r"教体局 · 林知微汇报 · 讨论决定 · 10\xa0分钟"
    assert re.search(rf"下午3:10\s*二、{TITLE}\s*{note}\s*列席：发改局、财政局", page)
    assert "同意新建城东学校，总投资1.8亿元" in page
    assert "政府常务会议纪要.pdf" in page
    assert "预计下午3:20结束" in page


@pytest.mark.parametrize("name", ["meeting_detail", "meeting_notice", "meeting_calendar", "meeting_replies"])
def test_who_was_not_called_finds_nothing(district, name: str) -> None:
    meeting = called_meeting(district, ready_item(district))
    for person in ("温如故", "系统管理员"):
        assert signed_in(district.person(person)).get(at(name, meeting.pk)).status_code == 404


def test_another_committee_finds_nothing(district, office, neighbour) -> None:
    with committee_scope(neighbour.committee.pk):
        foreign = planned_meeting(neighbour, actor=neighbour.actor("杜衡"))
    for name in ("meeting_detail", "meeting_change", "meeting_cancel", "meeting_schedule", "notice_confirm"):
        assert office.get(at(name, foreign.pk)).status_code == 404


def test_members_do_not_run_the_meeting(district, member) -> None:
    meeting = called_meeting(district, ready_item(district))
    entry = AgendaEntry.objects.get()
    for name, args in (
        ("meeting_plan", ()),
        ("meeting_change", (meeting.pk,)),
        ("meeting_cancel", (meeting.pk,)),
        ("meeting_schedule", (meeting.pk,)),
        ("notice_confirm", (meeting.pk,)),
        ("entry_edit", (meeting.pk, entry.pk)),
        ("entry_remove", (meeting.pk, entry.pk)),
    ):
        answer = member.post(at(name, *args))
        assert answer.status_code == 409, name
        assert "由区委办秘书科办理" in text(answer)
    page = text(member.get(at("meeting_detail", meeting.pk)))
    assert "data-sortable" not in page
    assert "操作" not in page


def test_an_attendant_sees_her_own_entry_and_its_papers_only(district, head, member) -> None:
    own, other = ready_item(district), ready_item(district, title="关于住房专项规划的请示", unit="住建局")
    meeting = called_meeting(district, heard_item(district), other, own)
    page = text(head.get(at("meeting_detail", meeting.pk)))
    assert TITLE in page
    assert "三、" in page
    assert "关于住房专项规划的请示" not in page
    assert "关于2026年全面从严治党情况的报告" not in page
    mine, foreign = own.attachments.get(), other.attachments.get()
    assert head.get(at("meeting_paper", meeting.pk, mine.pk)).status_code == 200
    assert head.get(at("meeting_paper", meeting.pk, foreign.pk)).status_code == 404
    assert head.get(at("meeting_agenda_pdf", meeting.pk)).status_code == 404
    assert member.get(at("meeting_paper", meeting.pk, foreign.pk)).status_code == 200
    assert {reading.person.name for reading in PaperReading.objects.all()} == {"林知微", "程望舒"}


def test_cadre_matters_show_their_words_and_nothing_else(district, office, member) -> None:
    item = ready_item(district)
    MatterKind.objects.filter(pk=item.matter_kind_id).update(nature=Nature.CADRE)
    meeting = called_meeting(district, Item.objects.get(pk=item.pk))
    for client in (office, member):
        page = text(client.get(at("meeting_detail", meeting.pk)))
        assert "干部任免事项" in page
        assert "城东学校" not in page
        assert "政府常务会议纪要" not in page
        assert client.get(at("meeting_paper", meeting.pk, item.attachments.get().pk)).status_code == 404


def test_items_are_listed_from_the_page_and_the_others_say_why_not(district, office) -> None:
    meeting = planned_meeting(district)
    ready, signing = ready_item(district), vetted_item(district, title="关于新建城南学校的请示")
    page = text(office.get(at("meeting_schedule", meeting.pk)))
    assert "11月19日" in page
    assert "还差什么" in page
    why = text(office.get(at("meeting_why_not", meeting.pk, signing.pk), headers={"HX-Request": "true"}))
    assert "林知微签批" in why
    refused = office.post(at("meeting_schedule", meeting.pk), {"item": [ready.pk, signing.pk]})
    assert "还不是待上会" in text(refused)
    assert not AgendaEntry.objects.exists()
    assert office.post(at("meeting_schedule", meeting.pk), {"item": [ready.pk]}).status_code == 302
    assert AgendaEntry.objects.get().title == TITLE


def test_an_item_sent_back_looks_alike_wherever_it_stands(district, office) -> None:
    """Red in the list of the meeting as in that of the items."""
    meeting, item = planned_meeting(district), accepted_item(district)
    send_back(actor=district.office, item=item, reason="请补充资金来源。")
    shown = '<span class="state state--bad">退回修改</span>'
    for page in (at("meeting_schedule", meeting.pk), at("items")):
        assert shown in text(office.get(page)), page


def test_several_are_listed_as_one_entry(district, office) -> None:
    meeting = planned_meeting(district)
    items = [ready_item(district), ready_item(district, title="关于新建城南学校的请示")]
    office.post(at("meeting_schedule", meeting.pk), {"item": [item.pk for item in items], "as": "joined"})
    assert AgendaEntry.objects.get().title.endswith("等 2 个议题（合并审议）")
    page = text(office.get(at("meeting_detail", meeting.pk)))
    assert page.count("关于新建城南学校的请示") == 1


def test_order_by_script_and_by_buttons(district, office) -> None:
    meeting = planned_meeting(district)
    a, b, c = on_agenda(district, meeting, *(heard_item(district, title=f"关于{n}的报告") for n in "甲乙丙"))
    mark = order_mark([a.pk, b.pk, c.pk])
    answer = office.post(
        at("meeting_order", meeting.pk),
        {"order": f"{c.pk},{a.pk},{b.pk}", "version": mark},
        headers={"HX-Request": "true"},
    )
    fresh = order_mark([c.pk, a.pk, b.pk])
    assert f'data-mark="{fresh}"' in text(answer)
    assert "<html" not in text(answer)
    stale = office.post(
        at("meeting_order", meeting.pk),
        {"order": f"{a.pk},{b.pk},{c.pk}", "version": mark},
        headers={"HX-Request": "true"},
    )
    assert stale.status_code == 409
    assert "已由他人改动" in text(stale)
    office.post(at("meeting_order", meeting.pk), {"up": b.pk, "version": fresh})
    assert [e.pk for e in AgendaEntry.objects.filter(meeting=meeting).on_agenda()] == [c.pk, b.pk, a.pk]
    assert office.post(at("meeting_order", meeting.pk), {"up": "x", "version": fresh}).status_code == 302


def test_minutes_and_attendants_are_edited(district, office) -> None:
    meeting = planned_meeting(district)
    (entry,) = on_agenda(district, meeting, ready_item(district))
    edit, call_in = at("entry_edit", meeting.pk, entry.pk), at("entry_attendants", meeting.pk, entry.pk)
    of_entry, of_attendants = seen_on(office.get(edit))
    office.post(edit, {"minutes": "25", "presenter": "林知微", "seen": of_entry})
    entry.refresh_from_db()
    assert entry.minutes == 25
    unit = district.unit("住建局").pk
    office.post(call_in, {"units": [unit], "people": "郑伯庸、姚静川", "seen": of_attendants})
    assert entry.attendants.count() == 3
    wrong = text(office.post(call_in, {"people": "郑伯庸，某某某", "seen": seen_on(office.get(edit))[1]}))
    assert "查不到：某某某" in wrong
    assert "郑伯庸，某某某" in wrong
    assert entry.attendants.count() == 3
    standing = at("meeting_attendants", meeting.pk)
    office.post(standing, {"people": "姚静川", "seen": seen_on(office.get(standing))[0]})
    assert meeting.attendants.filter(entry=None).get().person.name == "姚静川"


def test_of_two_who_edit_an_entry_the_second_is_told_and_may_then_insist(district, office) -> None:
    meeting = planned_meeting(district)
    (entry,) = on_agenda(district, meeting, ready_item(district))
    edit, call_in = at("entry_edit", meeting.pk, entry.pk), at("entry_attendants", meeting.pk, entry.pk)
    of_entry, of_attendants = seen_on(office.get(edit))
    set_entry(actor=district.director, entry=entry, minutes=40, presenter="林知微")
    set_attendants(actor=district.director, meeting=meeting, entry=entry, people=[district.person("姚静川")])
    told = office.post(edit, {"minutes": "25", "presenter": "林知微", "seen": of_entry})
    assert "这一项已由他人改动，这次没有存上。现在是 40 分钟，汇报人林知微。" in text(told)
    also = office.post(call_in, {"people": "郑伯庸", "seen": of_attendants})
    assert "列席已由他人改动，这次没有存上。现在列席的是：姚静川。" in text(also)
    entry.refresh_from_db()
    assert entry.minutes == 40
    assert [one.person.name for one in entry.attendants.all()] == ["姚静川"]
    office.post(edit, {"minutes": "25", "presenter": "林知微", "seen": seen_on(told)[0]})
    office.post(call_in, {"people": "郑伯庸", "seen": seen_on(also)[1]})
    entry.refresh_from_db()
    assert entry.minutes == 25
    assert [one.person.name for one in entry.attendants.all()] == ["郑伯庸"]


def test_filters_stay_in_the_address(district, office) -> None:
    planned_meeting(district)
    assert "区委常委会第21次会议" in text(office.get(at("meetings"), {"year": "2026", "state": "planned"}))
    assert "第21次" not in text(office.get(at("meetings"), {"state": "closed"}))
    assert office.get(at("meetings"), {"year": "x", "state": "x", "page": "x"}).status_code == 200


def crowd(meeting: Meeting, entry: AgendaEntry, number: int) -> None:
    """Many entries like this one, past the services: only the page's cost is asked for."""
    attendants = list(entry.attendants.all())
    link = entry.entry_items.get()
    for position in range(2, number + 1):
        copy = AgendaEntry.objects.create(
            committee_id=entry.committee_id,
            meeting=meeting,
            position=position,
            title=f"{entry.title}之{position}",
            handling=entry.handling,
            minutes=1,
            presenter=entry.presenter,
        )
        copy.entry_items.create(committee_id=entry.committee_id, item=link.item, clearance=link.clearance, active=False)
        for one in attendants:
            copy.attendants.create(committee_id=one.committee_id, meeting=meeting, unit=one.unit)


@pytest.mark.parametrize("number", [5, 50, pytest.param(500, marks=pytest.mark.long)])
@pytest.mark.parametrize("state", ["planned", "notified", "today"])
def test_the_page_needs_at_most_15_queries_however_long_the_agenda(
    district, office, member, django_assert_max_num_queries, number: int, state: str
) -> None:
    meeting = planned_meeting(district)
    (entry,) = on_agenda(district, meeting, ready_item(district))
    crowd(meeting, entry, number)
    readers = [office]
    if state != "planned":
        call(district, meeting)
        readers.append(member)
    if state == "today":
        Clock().set("2026-11-26 14:30")
    for reader in readers:
        reader.get(at("meeting_detail", meeting.pk))
        with django_assert_max_num_queries(15):
            page = text(reader.get(at("meeting_detail", meeting.pk)))
        assert page.count('class="agenda-entry"') == number


@pytest.mark.parametrize("number", [5, 50])
def test_lists_need_the_same_queries_however_long(district, office, django_assert_num_queries, number: int) -> None:
    for day in range(number):
        planned_meeting(district, f"{date(2026, 11, 17) + timedelta(days=day)} 15:00")
    office.get(at("meetings"))
    with django_assert_num_queries(7):
        office.get(at("meetings"))


def test_the_plan_to_be_changed_shows_its_day_and_hour(district, office) -> None:
    meeting = planned_meeting(district)
    page = text(office.get(reverse("agenda:meeting_change", args=[meeting.pk])))
    assert 'value="2026-11-26"' in page
    assert 'value="15:00"' in page
