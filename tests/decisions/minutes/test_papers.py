"""The PDF is made by the worker from exactly the sealed bytes: read back, it says what was frozen."""

import re
from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from agenda.meetings.models import Meeting
from common.documents.services.make_document import make_next
from common.files.store import read_file
from decisions.minutes.drafting import draft_from_records
from decisions.minutes.frozen import frozen_text, paper_of
from decisions.minutes.models import DecisionNotice, Minutes
from tests.common.documents.reading import pages
from tests.decisions.minutes_story import long_meeting, signed
from tests.support.cast import District


def made(district: District, meeting: Meeting) -> Minutes:
    """Signed, and everything printed that waits."""
    minutes = signed(district, meeting)
    last: int | None = 0
    while last is not None:
        last = make_next(last)
    return Minutes.objects.select_related("record", "document__file").get(pk=minutes.pk)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_pdf_says_word_for_word_what_was_frozen(district: District, meeting: Meeting) -> None:
    minutes = made(district, meeting)
    text = frozen_text(minutes)
    on_pages = "".join(pages(read_file(minutes.document.file)))
    assert text.number in on_pages
    printed = re.sub(f"({text.number})?—\\d—", "", on_pages)  # both are drawn after their page's last line
    for line in (text.mark, *text.opening, text.sent_to, text.issuer, "2026年11月27日印发"):
        assert bare(line) in printed, line
    for heading, section in text.chapters:
        for line in (heading, *section.paragraphs):
            assert bare(line) in printed, line
    for label, names in text.rolls:
        assert bare(f"{label}：{''.join(names)}") in printed, label


@pytest.mark.long
def test_a_meeting_of_eight_entries_is_drafted_and_printed_as_a_whole(
    district: District, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = long_meeting(district, day="2026-11-30")
    with django_assert_num_queries(21):  # as many as for three entries: test_drafting
        text = draft_from_records(meeting)
    assert [section.heading for section in text.sections][:2] == [
        "传达学习省委关于优化营商环境工作会议精神",
        "关于2026年全面从严治党情况",
    ]
    assert "审议本项时，马春屿（本人提出，其配偶在承建企业任职）回避。" in text.sections[4].body
    printed = pages(paper_of(replace(text, number="〔2026〕22号", issued_on=meeting.day)).to_pdf())
    assert len(printed) in (4, 5)
    assert "八、关于生活垃圾焚烧处理设施选址" in "".join(printed)


def test_each_unit_has_the_pdf_of_its_notice(district: District, meeting: Meeting) -> None:
    made(district, meeting)
    for notice in DecisionNotice.objects.select_related("unit", "number", "document__file"):
        printed = "".join(pages(read_file(notice.document.file)))
        assert notice.unit.full_name in printed
        assert str(notice.number) in printed
