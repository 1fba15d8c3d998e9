"""工作台: what waits for whom, one click away; an empty one says so; its cost does not grow."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agenda.items.services.send_back import send_back
from agenda.meetings.services.reply_to_notice import reply_to_notice
from agenda.meetings.services.rule_leave import rule_leave
from agenda.meetings.services.schedule_item import schedule_item
from tests.agenda.items.pages_story import (
    DIRECTOR,
    HEAD,
    LAWYER,
    LEADER,
    LIAISON,
    OFFICE,
    SECRETARY,
    STRANGERS,
    as_,
    words,
)
from tests.support.meetings import called_meeting, planned_meeting
from tests.support.stories import accepted_item, filed_item, heard_item, ready_item, sign_on, vetted_item

HOME = reverse("desk:workbench")
BLOCKS = re.compile(r"</(p|li|h\d|div)>")
TITLE = "「关于新建城东学校的请示」"


def home(name: str) -> str:
    """What this person's workbench says, each block apart from the next."""
    answer = as_(name).get(HOME)
    answer.content = BLOCKS.sub(r"</\1> ", answer.content.decode())
    return words(answer)


@pytest.mark.parametrize("name", [LIAISON, HEAD, LEADER, OFFICE, DIRECTOR, SECRETARY, LAWYER, *STRANGERS])
def test_everybody_has_one(district, name) -> None:
    page = home(name)
    assert "上午好，没有等您办的事" in page
    assert "都办完了" in page


def test_each_step_waits_for_its_person_and_for_nobody_else(district) -> None:
    item = filed_item(district)
    assert f"受理{TITLE}" in home(OFFICE)
    assert f"受理{TITLE}" not in home(LAWYER)
    item = accepted_item(district, title="关于新建城西学校的请示")
    assert "合法性审查「关于新建城西学校的请示」" in home(LAWYER)
    assert "预案「关于新建城西学校的请示」" in home(LIAISON)
    send_back(actor=district.office, item=item, reason="请补充")
    assert "修改「关于新建城西学校的请示」" in home(LIAISON)


def test_a_signature_is_due_before_the_papers_go_out(district) -> None:
    planned_meeting(district)
    sign_on(district, vetted_item(district), until="secretary")
    page = home(SECRETARY)
    assert "有 1 件事等您办" in page
    assert f"11月23日（周一） 7 天后 签批{TITLE}" in page
    assert "最近的一次会：" in page
    assert f"签批{TITLE}" not in home(DIRECTOR)


def test_a_member_whose_leave_was_declined_is_told_until_he_answers_again(district) -> None:
    meeting, member = called_meeting(district, heard_item(district)), district.actor("程望舒")
    told = f"答复「{meeting}的通知」 书记未准假，请按时参会"
    asked = reply_to_notice(actor=member, meeting=meeting, answer="leave", reason="参加省、市集训")
    assert "书记未准假" not in home("程望舒")
    rule_leave(actor=district.secretary, reply=asked, approved=False)
    assert told in home("程望舒")
    assert "书记未准假" not in home("陆景和")
    reply_to_notice(actor=member, meeting=meeting, answer="attend")
    assert "书记未准假" not in home("程望舒")


def test_my_items_are_those_on_their_way(district) -> None:
    ready_item(district)
    for name in (LIAISON, HEAD, LEADER, OFFICE, SECRETARY):
        assert "关于新建城东学校的请示 教体局，11月16日（周一）呈报" in home(name)
    assert "城东学校" not in words(as_(STRANGERS[0]).get(HOME))


def test_it_costs_the_same_however_much_waits(district) -> None:
    browsers = {name: as_(name) for name in (OFFICE, SECRETARY, LIAISON)}

    def cost(name: str) -> int:
        browsers[name].get(HOME)
        with CaptureQueriesContext(connection) as asked:
            assert browsers[name].get(HOME).status_code == 200
        return len(asked)

    planned_meeting(district)
    filed_item(district)
    sign_on(district, vetted_item(district, title="一"), until="secretary")
    few = {name: cost(name) for name in browsers}
    for no in range(2, 5):
        filed_item(district, title=f"呈报{no}")
        sign_on(district, vetted_item(district, title=f"签批{no}"), until="secretary")
    assert {name: cost(name) for name in browsers} == few


def test_the_office_is_told_of_each_item_that_waits_for_a_meeting_until_it_is_listed(district) -> None:
    item, meeting = ready_item(district), planned_meeting(district)
    told = f"11月25日（周三） 9 天后 列入会议{TITLE} 教体局呈报，待上会；可列入区委常委会第21次会议"
    assert told in home(OFFICE)
    assert told in home(DIRECTOR)
    assert "列入会议「" not in home(SECRETARY)
    assert reverse("agenda:meeting_schedule", args=[meeting.pk]) in as_(OFFICE).get(HOME).content.decode()
    schedule_item(actor=district.office, meeting=meeting, item=item)
    assert "列入会议「" not in home(OFFICE)


def test_items_of_a_body_without_a_meeting_ahead_ask_for_one(district) -> None:
    ready_item(district)
    page = home(OFFICE)
    assert "筹备「下一次常委会会议」 1 件议题待上会" in page
    assert "列入会议「" not in page


def test_many_items_that_wait_are_one_line_that_leads_to_the_store(district) -> None:
    planned_meeting(district)
    browser = as_(OFFICE)

    def cost() -> int:
        browser.get(HOME)
        with CaptureQueriesContext(connection) as asked:
            browser.get(HOME)
        return len(asked)

    ready = [ready_item(district, title=f"待上会{number}") for number in range(1, 5)]
    assert "列入会议「4 件待上会的议题」 4 件可列入区委常委会第21次会议" in home(OFFICE)
    few = cost()
    ready += [ready_item(district, title=f"待上会{number}") for number in range(5, 7)]
    page = browser.get(HOME).content.decode()
    assert page.count("列入会议「") == 1
    listed = words(browser.get(reverse("agenda:items"), {"state": "ready"}))
    assert f"{reverse('agenda:items')}?state=ready" in page
    assert all(item.title in listed for item in ready)
    assert cost() == few


def test_who_was_called_to_no_meeting_reads_just_that(district) -> None:
    planned_meeting(district)
    for name in ("程望舒", LIAISON):
        page = home(name)
        assert "目前没有通知您参加的会议" in page
        assert "没有排定的会议" not in page
    assert "最近的一次会： 区委常委会第21次会议" in home(OFFICE).replace("：区", "： 区")
    called_meeting(district, heard_item(district), at="2026-12-10 15:00")
    assert "没有通知您参加的会议" not in home("程望舒")


def test_the_office_reads_that_no_meeting_is_planned(district) -> None:
    assert "目前没有排定的会议" in home(OFFICE)
