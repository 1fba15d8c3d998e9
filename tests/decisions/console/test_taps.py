"""A tap on what cannot be is answered with the reason, on the console itself: a tablet shows no hints."""

from django.urls import reverse

from decisions.hall.models import Attendance, EntryNote
from decisions.votes.services.close_round import close_round
from tests.decisions.hall_story import MEMBERS, begun_entry, recorded_round, recuse, vote
from tests.support.cast import District


def test_the_chair_s_tap_is_told_why_he_stays(district: District) -> None:
    entry = begun_entry(district)
    office, console = district.client("周予安"), reverse("decisions:console", args=[entry.meeting_id])
    assert f'id="seat-{district.secretary.person.pk}"' in office.get(console).content.decode()
    events = Attendance.objects.count()
    form = {"person": district.secretary.person.pk, "entry": entry.pk}
    answer = office.post(reverse("decisions:hall_depart", args=[entry.meeting_id]), form, follow=True)
    assert "正在主持会议，离席后无人主持" in answer.content.decode()
    assert Attendance.objects.count() == events


def test_a_recusal_that_a_vote_rests_on_says_what_comes_first(district: District) -> None:
    entry = begun_entry(district)
    line = recuse(district, entry, "岑以宁")
    round_ = recorded_round(district, entry)
    vote(district, round_, "approve", *(name for name in MEMBERS if name != "岑以宁"))
    close_round(actor=district.office, round_=round_)
    office, lift = district.client("周予安"), reverse("decisions:recusal_lift", args=[line.pk])
    console = reverse("decisions:console", args=[entry.meeting_id])
    assert lift in office.get(f"{console}?entry={entry.pk}").content.decode()
    answer = office.post(lift, follow=True)
    assert "逐轮作废" in answer.content.decode()
    assert not EntryNote.objects.filter(corrects=line).exists()
