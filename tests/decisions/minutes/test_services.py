"""Writing, reviewing, sending back: who may, when, and that nothing changes where it is refused."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from agenda.meetings.models import Meeting
from common.audit.models import AuditEntry
from common.services import Conflict, NotAllowed, Refused
from decisions.minutes.models import Minutes, MinutesDraft
from decisions.minutes.services.refill_section import refill_section
from decisions.minutes.services.reopen_minutes import reopen_minutes
from decisions.minutes.services.review_minutes import review_minutes
from decisions.minutes.services.save_minutes import save_minutes
from decisions.minutes.services.start_minutes import start_minutes
from decisions.minutes.services.submit_minutes import submit_minutes
from decisions.minutes.text import MinutesText
from decisions.minutes.workflow import MinutesState
from tests.decisions.minutes_story import drafted, held_meeting, reviewed, revision_of, typed
from tests.support.cast import District

ANOTHER_DAY = "2026-11-30"  # than that of the meeting all these tests begin after


def content(minutes: Minutes) -> MinutesText:
    return MinutesText.from_json(MinutesDraft.objects.get(minutes=minutes).content)


def again(minutes: Minutes) -> Minutes:
    return Minutes.objects.select_related("checked_by").get(pk=minutes.pk)


# Begin.


def test_the_office_begins_once_and_after_the_meeting_has_closed(district: District) -> None:
    meeting = held_meeting(district, day=ANOTHER_DAY)
    with pytest.raises(Refused, match="进行中，散会之后才能起草"):
        start_minutes(actor=district.office, meeting=meeting)
    assert not Minutes.objects.exists()


def test_nobody_but_the_office_begins_and_nobody_twice(district: District, meeting: Meeting) -> None:
    for actor in (district.secretary, district.liaison, district.auditor):
        with pytest.raises(NotAllowed, match="由区委办秘书科起草"):
            start_minutes(actor=actor, meeting=meeting)
    minutes = start_minutes(actor=district.office, meeting=meeting)
    assert (minutes.state, revision_of(minutes)) == (MinutesState.DRAFT, 0)
    with pytest.raises(Refused, match="已在起草"):
        start_minutes(actor=district.director, meeting=meeting)
    assert AuditEntry.objects.filter(verb="start_minutes").count() == Minutes.objects.count() == 1


def test_the_database_refuses_minutes_of_a_meeting_that_sits(district: District) -> None:
    meeting = held_meeting(district, day=ANOTHER_DAY)
    with pytest.raises(DatabaseError, match="散会之后"), transaction.atomic():
        Minutes.objects.create(committee=district.committee, meeting=meeting, created_at=meeting.starts_at)
    assert not Minutes.objects.exists()


def test_the_database_refuses_a_second_first_minutes(district: District, meeting: Meeting) -> None:
    drafted(district, meeting)
    with pytest.raises(IntegrityError), transaction.atomic():
        Minutes.objects.create(committee=district.committee, meeting=meeting, created_at=meeting.starts_at)
    assert Minutes.objects.count() == 1


# Write.


def test_what_is_typed_is_kept_and_counted(district: District, meeting: Meeting) -> None:
    minutes = drafted(district, meeting)
    entry = content(minutes).sections[0].entry
    saved = typed(district, minutes, opening="改过的开头。\n\n第二段。", **{f"e{entry}_heading": "关于城东学校"})
    assert saved.revision == 1
    text = content(minutes)
    assert (text.opening, text.sections[0].heading) == (("改过的开头。", "第二段。"), "关于城东学校")
    assert typed(district, minutes, opening="改过的开头。\n第二段。").revision == 1  # the same again changes nothing


def test_of_two_editors_the_second_sees_both_texts_and_nothing_is_lost(district: District, meeting: Meeting) -> None:
    minutes = drafted(district, meeting)
    typed(district, minutes, closing="先存的一段。")
    with pytest.raises(Conflict, match="周予安于11月26日") as told:
        save_minutes(actor=district.director, minutes=minutes, fields={"closing": "后存的一段。"}, revision=0)
    assert told.value.theirs.content["closing"] == ["先存的一段。"]
    assert content(minutes).closing == ("先存的一段。",)


def test_a_stranger_to_the_office_writes_nothing(district: District, meeting: Meeting) -> None:
    minutes = drafted(district, meeting)
    for actor in (district.secretary, district.liaison):
        with pytest.raises(NotAllowed):
            save_minutes(actor=actor, minutes=minutes, fields={"closing": "改一改"}, revision=0)
    assert revision_of(minutes) == 0


def test_a_section_is_taken_anew_from_the_records(district: District, meeting: Meeting) -> None:
    minutes = drafted(district, meeting)
    before = content(minutes)
    entry = before.sections[0].entry
    typed(district, minutes, present="沈砚清", **{f"e{entry}_body": "写乱了"})
    refill_section(actor=district.office, minutes=minutes, part=str(entry), revision=1)
    assert content(minutes).sections == before.sections
    refill_section(actor=district.office, minutes=minutes, part="people", revision=2)
    assert content(minutes) == before
    with pytest.raises(Refused, match="没有这一项议程"):
        refill_section(actor=district.office, minutes=minutes, part="999999", revision=3)
    with pytest.raises(Conflict):
        refill_section(actor=district.office, minutes=minutes, part="people", revision=1)


# Hand in, review, send back.


def test_the_director_reviews_what_he_saw(district: District, meeting: Meeting) -> None:
    minutes = drafted(district, meeting)
    submit_minutes(actor=district.office, minutes=minutes)
    with pytest.raises(NotAllowed, match="由区委办主任审核"):
        review_minutes(actor=district.office, minutes=minutes)
    typed(district, minutes, closing="送审后又补一段。")
    with pytest.raises(Conflict, match="周予安于11月26日"):
        review_minutes(actor=district.director, minutes=minutes, revision=0)
    assert again(minutes).state == MinutesState.SUBMITTED
    review_minutes(actor=district.director, minutes=minutes, revision=1)
    checked = again(minutes)
    assert (checked.state, checked.checked_revision, checked.checked_by.name) == ("checked", 1, "邵闻笛")


def test_what_is_not_complete_is_neither_handed_in_nor_reviewed(district: District, meeting: Meeting) -> None:
    minutes = drafted(district, meeting)
    matter = content(minutes).sections[0].resolutions[0].matter
    typed(district, minutes, opening="", **{f"m{matter}_lead": "教育委员会"})
    for act, actor in ((submit_minutes, district.office), (review_minutes, district.director)):
        with pytest.raises(Refused, match=r"开头没有写.*另有 1 处"):
            act(actor=actor, minutes=minutes)
    assert again(minutes).state == MinutesState.DRAFT


def test_after_the_review_nothing_is_written_until_it_is_sent_back(district: District, meeting: Meeting) -> None:
    minutes = reviewed(district, meeting)
    with pytest.raises(Refused, match="请先退回修改"):
        typed(district, minutes, closing="再补一段。")
    with pytest.raises(DatabaseError, match="审核之后不能再改"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE decisions_minutesdraft SET revision = revision + 1")
    with pytest.raises(Refused, match="须写明要改什么"):
        reopen_minutes(actor=district.secretary, minutes=minutes, reason=" ")
    with pytest.raises(NotAllowed, match="主持会议的沈砚清退回"):
        reopen_minutes(actor=district.mayor, minutes=minutes, reason="不妥")
    assert again(minutes).state == MinutesState.CHECKED
    reopen_minutes(actor=district.secretary, minutes=minutes, reason="第一项补充资金来源")
    sent_back = again(minutes)
    assert (sent_back.state, sent_back.checked_revision, sent_back.checked_by) == ("draft", None, None)
    assert sent_back.changes.last().reason == "第一项补充资金来源"
    typed(district, minutes, closing="资金列入2027年预算。")


@pytest.mark.parametrize("who", ["office", "director"])
def test_the_office_takes_its_own_back(district: District, meeting: Meeting, who: str) -> None:
    minutes = reviewed(district, meeting)
    actor: Any = getattr(district, who)
    reopen_minutes(actor=actor, minutes=minutes, reason="再核对一遍数字")
    assert again(minutes).state == MinutesState.DRAFT


def test_a_meeting_of_another_committee_is_not_there(district: District, meeting: Meeting, neighbour: District) -> None:
    from common.tenancy.scope import committee_scope

    with committee_scope(neighbour.committee.pk), pytest.raises(Meeting.DoesNotExist):
        start_minutes(actor=neighbour.actor("杜衡"), meeting=meeting)
