"""The first draft: nothing but what the records say, in the office's sentences."""

import pytest
from pytest_django import DjangoAssertNumQueries

from agenda.meetings.models import Meeting
from common.web.formats import cn_time
from decisions.hall.services.arrive import arrive
from decisions.hall.services.depart import depart
from decisions.hall.services.open_meeting import open_meeting
from decisions.minutes.drafting import draft_from_records, section_of
from decisions.minutes.records import load_records
from decisions.outcomes.results import load_results
from tests.decisions.hall_story import MEMBERS, called_meeting, seat
from tests.decisions.minutes_story import REASON
from tests.support.cast import District
from tests.support.time import Clock


def test_a_reader_finds_the_minute_the_chair_opened_the_meeting_that_was_called_for_three(meeting: Meeting) -> None:
    assert cn_time(meeting.starts_at) == "下午3:00"
    assert draft_from_records(meeting).held_at == "2026年11月26日（星期四）下午2:50"


def test_the_head_names_meeting_time_place_chair_and_recorder(meeting: Meeting) -> None:
    text = draft_from_records(meeting)
    assert (text.mark, text.title) == ("中共云川区委常委会会议纪要", "八届区委常委会第21次会议")
    assert text.opening == (
        "2026年11月26日（星期四）下午2:50，区委书记沈砚清在区委常委会会议室主持召开八届区委常委会第21次会议。"
        "会议应到11人，实到10人。现将会议议定事项纪要如下。",
    )
    assert (text.chair, text.recorder, text.place) == ("沈砚清", "周予安", "区委常委会会议室")
    assert (text.number, text.signed_by, text.issued_on) == ("", "", None)


def test_who_came_who_had_leave_who_attended(meeting: Meeting) -> None:
    text = draft_from_records(meeting)
    assert text.present[:2] == ("沈砚清", "陆景和")
    assert "马春屿（下午3:10到会）" in text.present
    assert (text.leave, text.absent) == (("雷定远（参加省、市集训）",), ())
    assert text.attending == ("曹以谦（第一、二项）", "林知微（第一项）")


def test_who_left_before_the_opening_was_not_there_and_who_came_back_came_then(district: District) -> None:
    meeting, clock = called_meeting(district), Clock()
    clock.set("2026-11-26 08:50")
    seat(district, meeting, MEMBERS)
    for name in ("雷定远", "马春屿"):
        depart(actor=district.office, meeting=meeting, person=district.person(name))
    clock.set("2026-11-26 09:00")
    sitting = open_meeting(actor=district.office, meeting=meeting)
    clock.set("2026-11-26 09:30")
    arrive(actor=district.office, meeting=meeting, person=district.person("马春屿"))
    text = draft_from_records(Meeting.objects.with_names().select_related("committee", "recorder").get(pk=meeting.pk))
    assert "会议应到11人，实到10人。" in text.opening[0]
    assert "马春屿（上午9:30到会）" in text.present
    assert text.absent == ("雷定远",)
    shown = load_results(district.office, sitting, [])
    assert (len(shown.came), [member.name for member in shown.away]) == (10, ["雷定远"])


def test_a_decided_matter_says_report_discussion_duty_vote_and_dissent(meeting: Meeting) -> None:
    section = draft_from_records(meeting).sections[0]
    assert section.heading == "关于新建城东学校"
    assert section.body == (
        "会议听取了区教体局局长林知微关于新建城东学校的汇报。",
        "讨论中提出：要压实工期责任。",
        "会议强调，要把好事办好。",
    )
    assert section.paragraphs[3:] == (
        "会议议定：",
        "1．同意新建城东学校，总投资1.8亿元（责任单位：教体局；配合单位：财政局；责任领导：闻人澈）。"
        "经记名表决，应到11人，实到10人，赞成8人，反对1人，弃权1人，通过。",
        "2．由教体局牵头，2028年8月31日前竣工（责任单位：教体局；配合单位：财政局；责任领导：闻人澈）。"
        "经口头表决，应到11人，实到10人，一致赞成，通过。",
        f"对第1项，贺北辰同志反对，理由是{REASON}；邵闻笛同志弃权。",
    )


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("新建学校十分必要。", "会议认为，新建学校十分必要。"),
        ("会议听取了汇报。", "会议听取了汇报。"),
        ("会议认为，新建学校十分必要", "会议认为，新建学校十分必要。"),
    ],
)
def test_the_clerks_own_beginning_of_the_summary_is_not_said_twice(meeting: Meeting, typed: str, printed: str) -> None:
    records = load_records(meeting)
    school = records.entries[0]
    assert school.decision is not None
    school.decision.summary = typed
    assert section_of(school, records).body[-1] == printed


def test_what_was_heard_and_what_was_deferred(meeting: Meeting) -> None:
    _, heard, deferred = draft_from_records(meeting).sections
    assert heard.paragraphs == ("会议听取了区委常委、区纪委书记、监委主任韩立岑关于2026年全面从严治党情况的报告。",)
    assert deferred.paragraphs == ("会议决定，本项缓议。数据尚待核实。农业农村局会同财政局核实数据。",)


def test_it_is_sent_to_members_and_the_units_concerned(meeting: Meeting) -> None:
    assert draft_from_records(meeting).sent_to == "区委常委，发改局、财政局、教体局、农业农村局、区纪委。"


def test_the_draft_takes_the_same_queries_whatever_was_on_the_agenda(
    meeting: Meeting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(21):
        draft_from_records(meeting)
