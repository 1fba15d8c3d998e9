"""The roll before the opening and the sign-in sheet, in the browser."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from agenda.meetings.models import Meeting
from agenda.meetings.services.reply_to_notice import reply_to_notice
from agenda.meetings.services.rule_leave import rule_leave
from decisions.hall.models import Attendance, Sitting
from decisions.hall.questions import present_ids
from decisions.hall.services.arrive import arrive
from decisions.hall.services.depart import depart
from decisions.hall.services.sign_in import sign_in
from tests.decisions.console.hall_pages import HTMX, at, toast, words
from tests.decisions.hall_story import (
    DAY,
    MEMBERS,
    THAT_DAY,
    called_meeting,
    seat,
)
from tests.support.cast import District
from tests.support.meetings import call, on_agenda
from tests.support.stories import ready_item
from tests.support.time import Clock

FORMS = ("hall_arrive", "hall_sign_all", "hall_open")


def test_before_the_opening_it_is_the_roll(office: Client, district: District) -> None:
    meeting = called_meeting(district, ready_item(district))
    early = office.get(at("console", meeting.pk))
    assert "不能签到。请在开会当天签到；改期的，请先修改会议时间，再补发通知。" in words(early)
    assert not [at(name, meeting.pk) for name in FORMS if at(name, meeting.pk) in early.content.decode()]
    refused = office.post(at("hall_sign_all", meeting.pk), headers=HTMX)
    assert (refused.status_code, Attendance.objects.count()) == (409, 0)
    Clock().set(THAT_DAY)
    page = words(office.get(at("console", meeting.pk)))
    assert "0 /11" in page
    assert "须半数以上（6）到会，差 6 人，不能开会。" in page
    assert "林知微 教体局负责人" in page
    office.post(at("hall_sign_all", meeting.pk))
    assert len(present_ids(meeting.pk)) == 11
    assert "开会以后，应到人数和表决规则以此刻为准" in words(office.get(at("hall_open", meeting.pk)))
    answer = office.post(at("hall_open", meeting.pk))
    assert answer.url == at("console", meeting.pk)
    assert Meeting.objects.get().state == "in_session"


def test_the_meetings_page_says_why_it_cannot_be_opened_now(office: Client, district: District) -> None:
    meeting = called_meeting(district)
    page = reverse("agenda:meeting_detail", args=[meeting.pk])
    before = words(office.get(page))
    assert "不能开会。改期的，请先修改会议时间，再补发通知。" in before
    assert "签到、开会" not in before
    assert "签到名单" in before
    on_agenda(district, meeting, ready_item(district))
    Clock().set(THAT_DAY)
    assert "新列入了第2项「关于新建城东学校的请示」，不能开会。请先补发通知" in words(office.get(page))
    call(district, meeting)
    assert "签到、开会" in words(office.get(page))


def test_tapping_again_on_the_roll_takes_the_sign_in_back(office: Client, district: District) -> None:
    meeting, person = called_meeting(district), district.person("陆景和")
    Clock().set(THAT_DAY)
    page = office.post(at("hall_arrive", meeting.pk), {"person": person.pk}, headers=HTMX)
    assert toast(page)["words"] == "陆景和到会"
    undo = toast(page)["undo"]
    assert undo in page.content.decode()
    office.post(undo, headers=HTMX)
    assert present_ids(meeting.pk) == set()
    assert Attendance.objects.count() == 2


def test_an_opening_without_quorum_says_what_is_missing_and_stays_closed(office: Client, district: District) -> None:
    meeting = called_meeting(district)
    seat(district, meeting, MEMBERS[:5])
    answer = office.post(at("hall_open", meeting.pk), headers=HTMX)
    assert answer.status_code == 409
    assert "应到 11，实到 5，须半数以上（6）到会，差 1 人，不能开会。" in words(answer)
    assert not Sitting.objects.exists()


def test_the_sign_in_sheet_lists_who_is_due_and_who_is_called(office: Client, district: District) -> None:
    meeting = called_meeting(district, ready_item(district))
    page = words(office.get(at("sign_in_sheet", meeting.pk)))
    assert "应到 11 人" in page
    assert "雷定远 区委常委、区人武部政委" in page
    assert "曹以谦 财政局负责人" in page


def cells(row: str) -> str:
    """The cells of a row, a blank between them."""
    return " ".join(re.sub(r"<[^>]*>", "", re.sub(r"<(td|br)", r" <\1", row)).split())


def rows_of(answer) -> dict[str, str]:
    """What a table says of each person, by the name that heads the row."""
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', answer.content.decode(), re.DOTALL)
    return {name: cells(row) for name, row in rows}


def test_the_sheet_keeps_when_somebody_came_first_although_he_left_or_came_back(
    office: Client, district: District
) -> None:
    meeting, guest = called_meeting(district), district.person("何暖阳")
    left, back = district.person("程望舒"), district.person("顾维桢")
    come = {"actor": district.office, "meeting": meeting}
    Clock().set(f"{DAY} 08:46")
    sign_in(**come, people=[left, back])
    arrive(**come, person=guest, note="替会：财政局曹以谦")
    Clock().set(f"{DAY} 08:50")
    for person in (left, back, guest):
        depart(**come, person=person)
    Clock().set(f"{DAY} 08:55")
    arrive(**come, person=back)
    rows = rows_of(office.get(at("sign_in_sheet", meeting.pk)))
    assert rows["程望舒"].endswith("上午8:46 上午8:50离席")
    assert rows["顾维桢"].endswith("上午8:46")
    assert rows["何暖阳"] == "替会：财政局曹以谦 上午8:46 上午8:50离席"
    office.post(at("hall_sign_all", meeting.pk))
    assert (left.pk in present_ids(meeting.pk), len(present_ids(meeting.pk))) == (False, 10)


@pytest.mark.parametrize(("approved", "tag", "came"), [(False, "", True), (None, "请假", False), (True, "请假", False)])
def test_whose_leave_was_declined_is_expected_like_everybody(
    office: Client, district: District, approved: bool | None, tag: str, came: bool
) -> None:
    meeting, member = called_meeting(district), district.actor("程望舒")
    asked = reply_to_notice(actor=member, meeting=meeting, answer="leave", reason="参加省、市集训")
    if approved is not None:
        rule_leave(actor=district.secretary, reply=asked, approved=approved)
    Clock().set(THAT_DAY)
    sheet = rows_of(office.get(at("sign_in_sheet", meeting.pk)))["程望舒"]
    assert sheet.endswith("请假") is bool(tag)
    assert ("请假" in words(office.get(at("console", meeting.pk)))) is bool(tag)
    office.post(at("hall_sign_all", meeting.pk))
    assert (member.person.pk in present_ids(meeting.pk)) is came
