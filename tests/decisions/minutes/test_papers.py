"""The PDF is made by the worker from exactly the sealed bytes: read back, it says what was frozen."""

import re

from common.documents.services.make_document import make_next
from common.files.store import read_file
from decisions.minutes.frozen import frozen_text
from decisions.minutes.models import DecisionNotice, Minutes
from tests.common.documents.reading import pages
from tests.decisions.minutes_story import signed
from tests.support.cast import District


def made(district: District) -> Minutes:
    """Signed, and everything printed that waits."""
    minutes = signed(district)
    last: int | None = 0
    while last is not None:
        last = make_next(last)
    return Minutes.objects.select_related("record", "document__file").get(pk=minutes.pk)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_pdf_says_word_for_word_what_was_frozen(district: District) -> None:
    minutes = made(district)
    text = frozen_text(minutes)
    printed = "".join(pages(read_file(minutes.document.file)))
    for line in (text.mark, text.number, *text.opening, text.sent_to, text.issuer, "2026年11月27日印发"):
        assert bare(line) in printed, line
    for heading, section in text.chapters:
        for line in (heading, *section.paragraphs):
            assert bare(line) in re.sub(r"—\d+—", "", printed), line
    for label, names in text.rolls:
        assert bare(f"{label}：{''.join(names)}") in printed, label


def test_each_unit_has_the_pdf_of_its_notice(district: District) -> None:
    made(district)
    for notice in DecisionNotice.objects.select_related("unit", "number", "document__file"):
        printed = "".join(pages(read_file(notice.document.file)))
        assert notice.unit.full_name in printed
        assert str(notice.number) in printed
