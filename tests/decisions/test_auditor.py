"""陆离 checks what was done: a meeting that is over, whole; nothing that is still to come."""

from django.urls import reverse

from agenda.meetings.models import Meeting
from tests.decisions.minutes_story import closed_meeting, held_meeting
from tests.support.cast import District

MEETINGS = reverse("agenda:meetings")


def pages_of(meeting: Meeting) -> list[str]:
    return [
        reverse("agenda:meeting_detail", args=[meeting.pk]),
        reverse("agenda:meeting_agenda_pdf", args=[meeting.pk]),
    ]


def test_the_auditor_reads_a_meeting_that_is_over(district: District) -> None:
    meeting = closed_meeting(district)
    auditor = district.client("陆离")
    assert [auditor.get(page).status_code for page in pages_of(meeting)] == [200, 202]
    assert str(meeting) in auditor.get(MEETINGS).content.decode()
    results = auditor.get(reverse("decisions:meeting_results", args=[meeting.pk])).content.decode()
    assert f'<a href="{pages_of(meeting)[0]}">' in results


def test_what_is_not_over_is_not_there_for_the_auditor(district: District) -> None:
    meeting = held_meeting(district)
    auditor = district.client("陆离")
    assert [auditor.get(page).status_code for page in pages_of(meeting)] == [404, 404]
    assert str(meeting) not in auditor.get(MEETINGS).content.decode()


def test_who_reads_his_results_only_is_led_to_no_meeting_that_is_not_there(district: District) -> None:
    meeting = closed_meeting(district)
    liaison = district.client("梁思齐")
    results = liaison.get(reverse("decisions:meeting_results", args=[meeting.pk])).content.decode()
    assert str(meeting) in results
    assert f'href="{pages_of(meeting)[0]}"' not in results
