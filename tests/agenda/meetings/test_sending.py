"""What leaves the program: e-mail on a real server, the calendar entry, the printed agenda and notice."""

from email.utils import parseaddr

import pytest
from icalendar import Calendar

from agenda.meetings.documents import build_agenda, build_notice, calendar_entry, notice_bytes
from agenda.meetings.models import Meeting
from agenda.meetings.services.cancel_meeting import cancel_meeting
from agenda.meetings.services.change_meeting import change_meeting
from common.documents.models import RenderedDocument
from common.documents.services.make_document import make_next
from common.files.store import read_file
from common.identity.models import Person
from common.mail.models import Letter
from common.mail.send import retry_letter
from common.mail.tasks import sweep
from tests.common.documents.reading import pages
from tests.support.meetings import call, called_meeting, moment, planned_meeting
from tests.support.stories import ready_item

TITLE = "城东学校"


@pytest.fixture
def addresses(district) -> None:
    """书记 and 教体局负责人 have an address, the others none."""
    for name, address in (("沈砚清", "shen@yunchuan.example"), ("林知微", "lin@yunchuan.example")):
        Person.objects.filter(name=name).update(email=address)


def text_of(message) -> str:
    return message.get_content()


def test_the_notice_goes_by_mail_without_titles(committed_db, district, addresses, smtp) -> None:
    meeting = called_meeting(district, ready_item(district))
    assert sweep() == 2
    letters = {parseaddr(message["To"])[1]: message for message in smtp.messages}
    assert set(letters) == {"shen@yunchuan.example", "lin@yunchuan.example"}
    message = letters["lin@yunchuan.example"]
    assert message["Subject"].strip() == "会议通知：区委常委会第21次会议"
    assert "11月26日（周四） 下午3:00" in text_of(message)
    assert f"/meetings/{meeting.pk}/notice/" in text_of(message)
    assert all(TITLE not in str(message) + text_of(message) for message in smtp.messages)
    assert set(Letter.objects.values_list("state", flat=True)) == {Letter.State.SENT}


def test_a_further_notice_is_a_further_letter(committed_db, district, addresses, smtp) -> None:
    meeting = called_meeting(district, ready_item(district))
    sweep()
    change_meeting(
        actor=district.office,
        meeting=meeting,
        starts_at=moment("2026-11-27 09:00"),
        place=meeting.place,
        chair=meeting.chair,
        kind=meeting.kind,
    )
    call(district, meeting)
    sweep()
    assert len(smtp.messages) == 4
    assert "再次通知，以本次为准" in text_of(smtp.messages[-1])
    assert len({message["Message-ID"] for message in smtp.messages}) == 4


def test_an_unknown_outcome_is_retried_by_a_person_with_the_same_message_id(
    committed_db, district, addresses, smtp
) -> None:
    smtp.mood = "vanish"
    called_meeting(district, ready_item(district))
    sweep()
    assert set(Letter.objects.values_list("state", flat=True)) == {Letter.State.UNKNOWN}
    smtp.mood = "accept"
    assert sweep() == 0
    letter = Letter.objects.get(person__name="林知微")
    retry_letter(actor=district.office, letter=letter, allowed=True)
    assert sweep() == 1
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (Letter.State.SENT, 2)
    to_her = [message for message in smtp.messages if "lin@" in message["To"]]
    assert len(to_her) == 2
    assert len({message["Message-ID"] for message in to_her}) == 1


def test_a_refused_letter_says_so(committed_db, district, addresses, smtp) -> None:
    smtp.mood = "refuse"
    called_meeting(district, ready_item(district))
    sweep()
    assert set(Letter.objects.values_list("state", flat=True)) == {Letter.State.FAILED}
    assert "554" in Letter.objects.first().error


def test_the_calendar_entry_names_meeting_time_and_place_and_no_titles(district) -> None:
    meeting = called_meeting(district, ready_item(district))
    data = calendar_entry(meeting, minutes=90, sequence=0)
    assert TITLE.encode() not in data
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert event["summary"] == "区委常委会第21次会议"
    assert event["location"] == "区委常委会会议室"
    assert event.decoded("dtstart") == moment("2026-11-26 15:00")
    assert event.decoded("dtend") == moment("2026-11-26 16:30")
    assert "VTIMEZONE" in data.decode()
    uid = event["uid"]
    cancel_meeting(actor=district.office, meeting=meeting, reason="与市里会议冲突")
    meeting.refresh_from_db()
    (event,) = Calendar.from_ical(calendar_entry(meeting, minutes=90, sequence=1)).walk("VEVENT")
    assert (event["uid"], event["status"], event["sequence"]) == (uid, "CANCELLED", 1)


def test_agenda_and_notice_are_printed_from_the_frozen_notice(district) -> None:
    meeting = called_meeting(district, ready_item(district), remark="请着正装。")
    last = 0
    while made := make_next(last):
        last = made
    papers = {document.kind: "".join(pages(read_file(document.file))) for document in RenderedDocument.objects.all()}
    assert set(papers) == {"meeting_agenda", "meeting_notice"}
    agenda, notice = papers["meeting_agenda"], papers["meeting_notice"]
    for said in ("八届区委常委会第21次会议议程", "关于新建城东学校的请示", "讨论决定", "林知微", "发改局", "15:00"):
        assert said in agenda
    for said in (
        "现将有关事项通知如下",
        "2026年11月26日（星期四）下午3:00",
        "第1项发改局、财政局",
        "请着正装",
        "周予安",
    ):
        assert said in notice
    assert str(meeting) in notice


def test_papers_are_a_pure_function_of_the_frozen_bytes(district) -> None:
    meeting = called_meeting(district, ready_item(district))
    payload = notice_bytes(meeting.notices.get())
    Meeting.objects.filter(pk=meeting.pk).update(place="别处")
    assert build_agenda(payload) == build_agenda(payload)
    assert build_notice(payload).title == ("关于召开八届区委常委会第21次会议的通知",)
    assert "别处" not in build_notice(payload).to_html()


def test_nothing_is_sent_before_the_notice(district, smtp, addresses) -> None:
    planned_meeting(district)
    assert not Letter.objects.exists()
