"""The chair changes in the middle: by 书记's word alone, and the duties of the chair move along."""

import pytest
from django.db import DatabaseError, transaction

from common.services import NotAllowed, Refused
from decisions.hall.models import ChairChange, Sitting
from decisions.hall.services.change_chair import change_chair
from decisions.hall.services.depart import depart
from decisions.hall.services.note_entry import note_entry
from decisions.hall.services.pass_rest import pass_rest
from tests.decisions.hall_story import MEMBERS, begun_entry
from tests.support.cast import District

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


def test_only_a_vice_secretary_in_the_room_and_with_a_reason(district: District) -> None:
    entry = begun_entry(district, present=(MEMBERS[0], *MEMBERS[2:]))
    meeting = entry.meeting
    for name, reason, words in (
        ("沈砚清", WHY, "沈砚清正在主持会议"),
        ("雷定远", WHY, "雷定远不能主持"),
        ("陆景和", WHY, "陆景和不在会场，不能主持"),
        ("顾维桢", " ", "请写明更换主持人的原因"),
    ):
        with pytest.raises(Refused, match=words):
            change_chair(actor=district.office, meeting=meeting, person=district.person(name), reason=reason)
    with pytest.raises(NotAllowed):
        change_chair(actor=district.outsider, meeting=meeting, person=district.person("顾维桢"), reason=WHY)
    assert not ChairChange.objects.exists()
    sitting = Sitting.objects.get()
    sitting.chair = district.person("雷定远")
    with pytest.raises(DatabaseError, match="主持人只随更换主持人的记录而改"), transaction.atomic():
        sitting.save(update_fields=["chair"])
    assert Sitting.objects.get().chair.name == "沈砚清"
