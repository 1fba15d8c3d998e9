"""The text as values: there and back through JSON and through the fields of a page, and what it lacks."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.records.canonical import canonical_bytes, read_canonical
from decisions.minutes.editing import fields_of, with_fields
from decisions.minutes.text import MinutesText, Resolution, Section, problems

quickly = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LEADERS = ["闻人澈", "岑以宁"]
UNITS = ("教体局", "财政局", "发改局")
DAY = date(2026, 11, 26)
word = st.text("城东学校改造资金方案同意实施", min_size=1, max_size=12)
unit = st.sampled_from(UNITS)
resolutions = st.builds(
    Resolution,
    matter=st.integers(1, 99),
    outcome=st.sampled_from(["passed", "passed_in_principle", "rejected"]),
    text=word,
    vote=st.just("经口头表决，应到11人，实到10人，一致赞成，通过。"),
    leader=word,
    lead_unit=unit,
    co_units=st.lists(unit, unique=True).map(tuple),
    due_on=st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1)),
)
lines = st.lists(word, max_size=3).map(tuple)
people = st.lists(st.sampled_from(["沈砚清", "马春屿（下午3:10到会，下午4:00离席）", "雷定远（参加省、市集训）"])).map(
    tuple
)


@st.composite
def texts(draw: st.DrawFn) -> MinutesText:
    found = draw(st.lists(resolutions, max_size=4, unique_by=lambda one: one.matter))
    sections = tuple(
        Section(number, draw(word), draw(lines), (one,), draw(lines)) for number, one in enumerate(found, start=1)
    )
    return MinutesText(
        mark="中共云川区委常委会会议纪要",
        title="八届区委常委会第21次会议",
        held_at="2026年11月26日（星期四）下午3:00",
        place="区委常委会会议室",
        chair="沈砚清",
        recorder=draw(word),
        issuer="中共云川区委办公室",
        opening=draw(lines),
        sections=(*sections, Section(99, "干部任免事项", ("会议研究了干部任免事项。",), cadre=True)),
        present=draw(people),
        leave=draw(people),
        sent_to=draw(word),
        issued_on=draw(st.none() | st.just(DAY)),
    )


@quickly
@given(texts())
def test_a_text_comes_back_from_its_canonical_bytes_as_it_was(text: MinutesText) -> None:
    assert MinutesText.from_json(read_canonical(canonical_bytes({"text": text.to_json()}))["text"]) == text


@quickly
@given(texts())
def test_a_text_comes_back_from_the_fields_of_the_page_as_it_was(text: MinutesText) -> None:
    assert with_fields(text, fields_of(text)) == text


@quickly
@given(texts())
def test_nothing_typed_reaches_a_vote_an_outcome_or_a_cadre_entry(text: MinutesText) -> None:
    typed = dict.fromkeys([*fields_of(text), "e99-heading", "e99-body", "number", "signed_by"], "写别的")
    changed = with_fields(text, typed)
    assert [(one.vote, one.outcome) for one in changed.resolutions.values()] == [
        (one.vote, one.outcome) for one in text.resolutions.values()
    ]
    assert changed.sections[-1] == text.sections[-1]
    assert (changed.number, changed.signed_by, changed.mark) == (text.number, text.signed_by, text.mark)


SCHOOL = Resolution(
    7, "passed", "同意新建城东学校。", "经记名表决，通过。", "闻人澈", "教体局", ("财政局",), date(2028, 8, 31)
)
TEXT = MinutesText(
    mark="中共云川区委常委会会议纪要", title="八届区委常委会第21次会议",
    held_at="", place="", chair="沈砚清", recorder="",
    issuer="中共云川区委办公室", opening=("开会。",), present=("沈砚清",),
    sections=(Section(1, "关于新建城东学校", ("会议听取了汇报。",), (SCHOOL,)),),
)  # fmt: skip


def test_one_matter_stands_in_the_sentence_several_are_counted() -> None:
    duty = "责任单位：教体局；配合单位：财政局；责任领导：闻人澈；完成时限：2028年8月31日"
    sentence = f"同意新建城东学校（{duty}）。经记名表决，通过。"
    section = TEXT.sections[0]
    assert section.paragraphs[-1] == f"会议议定：{sentence}"
    two = replace(section, resolutions=(SCHOOL, SCHOOL))
    assert two.paragraphs[-3:] == ("会议议定：", f"1．{sentence}", f"2．{sentence}")


def test_outcomes_beyond_the_vote_are_said() -> None:
    plenary = replace(SCHOOL, outcome="to_plenary")
    assert plenary.sentence.endswith("经记名表决，通过。提请全委会审议。")


def test_a_reader_is_told_once_that_it_passed_in_principle_and_not_that_it_passed_besides() -> None:
    principle = replace(SCHOOL, outcome="passed_in_principle")
    assert principle.sentence.endswith("）。经记名表决，原则通过，修改后按程序印发。")
    assert replace(principle, vote="").sentence.endswith("）。原则通过，修改后按程序印发。")


def test_what_was_not_carried_is_quoted_and_nobody_is_charged_with_it() -> None:
    rejected = replace(SCHOOL, outcome="rejected", vote="经举手表决，未通过。")
    section = replace(TEXT.sections[0], resolutions=(rejected,))
    assert section.paragraphs[-1] == "会议表决：对「同意新建城东学校」，经举手表决，未通过。"
    deferred = replace(SCHOOL, outcome="deferred", vote="", lead_unit="")
    assert deferred.sentence == "对「同意新建城东学校」，缓议。"
    assert problems(replace(TEXT, sections=(replace(section, resolutions=(deferred,)),)), UNITS, LEADERS, DAY) == []


def test_what_is_lacking_is_said_by_place() -> None:
    assert problems(TEXT, UNITS, LEADERS, DAY) == []
    bad = replace(SCHOOL, text=" ", lead_unit="教委", co_units=("教委",), leader="丁筑", due_on=date(2026, 11, 1))
    section = replace(TEXT.sections[0], body=(), resolutions=(bad,))
    said = problems(replace(TEXT, opening=(), present=(), sections=(section,)), UNITS, LEADERS, DAY)
    assert said == [
        "开头没有写。请写明时间、主持人和会议名称。",
        "出席人员没有写。",
        "「一、关于新建城东学校」有一项议定内容没有写。",
        "「一、关于新建城东学校」的「教委」「教委」不是开会那天在册的单位，请写规范简称。",
        "「一、关于新建城东学校」有单位重复，责任单位不再列为配合单位。",
        "「一、关于新建城东学校」的责任领导「丁筑」不是开会那天在任的区领导，请写一位区领导的姓名。",
        "「一、关于新建城东学校」的完成时限早于开会那天。",
    ]
    nobody = replace(TEXT.sections[0], resolutions=(replace(SCHOOL, lead_unit="", co_units=()),))
    assert problems(replace(TEXT, sections=(nobody,)), UNITS, LEADERS, DAY) == [
        "「一、关于新建城东学校」「同意新建城东学校。」没有责任单位。"
    ]
