"""The PDF is made by the worker from exactly the sealed bytes: read back, it says what was frozen."""

import re

from agenda.meetings.models import Meeting
from common.documents.services.make_document import make_next
from common.files.store import read_file
from decisions.minutes.models import DecisionNotice, Minutes
from tests.common.documents.reading import pages
from tests.decisions.minutes_story import signed
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


def test_each_unit_has_the_pdf_of_its_notice(district: District, meeting: Meeting) -> None:
    made(district, meeting)
    for notice in DecisionNotice.objects.select_related("unit", "number", "document__file"):
        printed = "".join(pages(read_file(notice.document.file)))
        assert notice.unit.full_name in printed
        assert str(notice.number) in printed
