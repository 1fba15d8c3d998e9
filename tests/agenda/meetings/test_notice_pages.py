"""The notice in the browser: before it goes out, when it is answered, after a change and when the meeting falls out."""

import re

from agenda.meetings.models import Reply
from agenda.meetings.notice_content import draft_notice
from agenda.meetings.programme import load_programme
from agenda.meetings.reach import without_login
from agenda.meetings.workflow import MeetingState
from tests.agenda.meetings.meeting_pages import at, signed_in, text, words
from tests.support.meetings import called_meeting, on_agenda, planned_meeting
from tests.support.stories import heard_item, ready_item


def test_the_notice_goes_out_as_it_was_shown(district, office) -> None:
    meeting = planned_meeting(district)
    on_agenda(district, meeting, ready_item(district))
    page = text(office.get(at("notice_confirm", meeting.pk)))
    assert "应到 11 人" in page
    assert "没有登录账号" in page
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    assert office.post(at("notice_confirm", meeting.pk), {"seen": "0" * 64}).url == at("notice_confirm", meeting.pk)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED
    office.post(at("notice_confirm", meeting.pk), {"seen": seen})
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.NOTIFIED


def test_the_office_is_told_whom_the_program_reaches_and_whom_it_must_telephone(district, office) -> None:
    meeting = planned_meeting(district)
    on_agenda(district, meeting, ready_item(district))
    told = [one.person for one in draft_notice(load_programme(meeting)).recipients]
    unreached = without_login(told)
    assert 0 < len(unreached) < len(told)
    page = words(office.get(at("notice_confirm", meeting.pk)))
    names = "、".join(person.name for person in unreached)
    assert f"程序内通知 {len(told) - len(unreached)} 人。" in page
    assert f"没有登录账号、须打电话的 {len(unreached)} 人：{names}。" in page


def test_a_member_opens_the_notice_and_answers(district, member, office) -> None:
    meeting = called_meeting(district, ready_item(district))
    page = text(member.get(at("meeting_notice", meeting.pk)))
    assert "参会" in page
    refused = member.post(at("meeting_reply", meeting.pk), {"answer": "leave", "reason": ""})
    assert "请假须写明事由" in text(refused)
    member.post(at("meeting_reply", meeting.pk), {"answer": "leave", "reason": "参加市委会议"})
    assert "您已请假，待书记批准" in text(member.get(at("meeting_notice", meeting.pk)))
    secretary = signed_in(district.secretary.person)
    assert "参加市委会议" in text(secretary.get(at("meeting_replies", meeting.pk)))
    secretary.post(at("leave_rule", meeting.pk, Reply.objects.get().pk), {"approved": "yes"})
    assert "书记已同意您请假" in text(member.get(at("meeting_notice", meeting.pk)))
    office.post(at("meeting_replies", meeting.pk), {"person": district.person("马春屿").pk, "answer": "attend"})
    assert "电话答复，周予安登记" in text(office.get(at("meeting_replies", meeting.pk)))


def test_cancelling_repeats_it_in_words_and_asks_why(district, office) -> None:
    meeting = called_meeting(district, ready_item(district))
    page = text(office.get(at("meeting_cancel", meeting.pk)))
    assert "次数作废" in page
    assert "通知已经发出" in page
    office.post(at("meeting_cancel", meeting.pk), {"reason": ""})
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.NOTIFIED
    office.post(at("meeting_cancel", meeting.pk), {"reason": "与市里会议冲突"})
    page = text(office.get(at("meeting_detail", meeting.pk)))
    assert "会议已取消" in page
    assert "与市里会议冲突" in page
    assert text(office.get(at("meetings"))).count("已取消") >= 1


def test_changes_after_the_notice_ask_for_a_further_one(district, office) -> None:
    meeting = called_meeting(district, ready_item(district))
    assert "须再发通知" not in text(office.get(at("meeting_detail", meeting.pk)))
    on_agenda(district, meeting, heard_item(district))
    assert "自上次通知以来有改动，须再发通知" in text(office.get(at("meeting_detail", meeting.pk)))


def test_before_the_notice_the_office_sees_what_is_still_open(office, district) -> None:
    meeting = planned_meeting(district)
    page = text(office.get(at("meeting_detail", meeting.pk)))
    assert "通知还不能发出" in page
    assert "请从待上会的议题中列入至少一项" in page
