"""The chair changes in the middle: by 书记's word alone, and the duties of the chair move along."""

import pytest
from django.db import DatabaseError, transaction

from agenda.meetings.models import AgendaEntry, Meeting
from common.services import NotAllowed, Refused
from decisions.hall.models import ChairChange, Sitting
from decisions.hall.services.change_chair import change_chair
from decisions.hall.services.close_meeting import close_meeting
from decisions.hall.services.depart import depart
from decisions.hall.services.note_entry import note_entry
from decisions.hall.services.pass_rest import pass_rest
from decisions.minutes.drafting import draft_from_records
from decisions.minutes.models import Minutes
from decisions.minutes.policies import signer_words
from decisions.minutes.services.start_minutes import start_minutes
from decisions.outcomes.services.defer_entry import defer_entry
from tests.decisions.console.hall_pages import at, words
from tests.decisions.hall_story import DAY, MEMBERS, begun_entry
from tests.support.cast import District
from tests.support.time import Clock

WHY = "书记临时外出，委托主持"


def test_the_vice_secretary_leads_on_and_the_duties_are_his(district: District) -> None:
    entry = begun_entry(district)
    meeting = entry.meeting
    change = change_chair(actor=district.office, meeting=meeting, person=district.person("陆景和"), reason=WHY)
    assert (change.before.name, change.chair.name, change.entrusted_by.name) == ("沈砚清", "陆景和", "沈砚清")
    depart(actor=district.office, meeting=meeting, person=district.person("沈砚清"))
    with pytest.raises(Refused, match="陆景和正在主持会议"):
        depart(actor=district.office, meeting=meeting, person=district.person("陆景和"))
    with pytest.raises(Refused, match="主持人末位表态"):
        note_entry(actor=district.office, entry=entry, kind="chair", text="同意")
    assert "陆景和" not in {note.speaker for note in pass_rest(actor=district.office, entry=entry)}
    assert note_entry(actor=district.office, entry=entry, kind="chair", text="同意").speaker == "陆景和"


def test_the_minutes_tell_who_led_on_and_he_signs_them(district: District) -> None:
    meeting = begun_entry(district).meeting
    Clock().set(f"{DAY} 09:40")
    change_chair(actor=district.office, meeting=meeting, person=district.person("陆景和"), reason=WHY)
    entry = AgendaEntry.objects.get(meeting=meeting)
    defer_entry(actor=district.office, entry=entry, reason="数据尚待核实", todo="教体局核实")
    close_meeting(actor=district.office, meeting=meeting)
    text = draft_from_records(Meeting.objects.with_names().get(pk=meeting.pk))
    assert text.chair == "沈砚清、陆景和"
    assert "书记沈砚清在" in text.opening[0]
    assert "上午9:40起，受沈砚清委托，" in text.opening[0] and "陆景和主持会议。" in text.opening[0]
    minutes = start_minutes(actor=district.office, meeting=meeting)
    assert signer_words(Minutes.objects.with_names(meeting.day).get(pk=minutes.pk)) == "主持会议的陆景和"


def test_only_a_vice_secretary_in_the_room_and_with_a_reason(district: District) -> None:
    entry = begun_entry(district, present=(MEMBERS[0], *MEMBERS[2:]))
    meeting = entry.meeting
    for name, reason, why_not in (
        ("沈砚清", WHY, "沈砚清正在主持会议"),
        ("雷定远", WHY, "雷定远不能主持"),
        ("陆景和", WHY, "陆景和不在会场，不能主持"),
        ("顾维桢", " ", "请写明更换主持人的原因"),
    ):
        with pytest.raises(Refused, match=why_not):
            change_chair(actor=district.office, meeting=meeting, person=district.person(name), reason=reason)
    with pytest.raises(NotAllowed):
        change_chair(actor=district.outsider, meeting=meeting, person=district.person("顾维桢"), reason=WHY)
    assert not ChairChange.objects.exists()
    sitting = Sitting.objects.get()
    sitting.chair = district.person("雷定远")
    with pytest.raises(DatabaseError, match="主持人只随更换主持人的记录而改"), transaction.atomic():
        sitting.save(update_fields=["chair"])
    assert Sitting.objects.get().chair.name == "沈砚清"


def test_the_clerk_changes_the_chair_on_a_page_that_says_what_it_means(district: District) -> None:
    entry = begun_entry(district)
    office, page = district.client("周予安"), at("hall_chair", entry.meeting_id)
    console = at("console", entry.meeting_id)
    assert f'href="{page}"' in office.get(console).content.decode()
    assert "末位表态和签发纪要都由接着主持的人承担" in words(office.get(page))
    refused = office.post(page, {"person": district.secretary.person.pk, "reason": WHY})
    assert "沈砚清正在主持会议" in words(refused)
    done = office.post(page, {"person": district.mayor.person.pk, "reason": WHY}, follow=True)
    assert "主持 陆景和" in words(done)
