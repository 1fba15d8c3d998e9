"""Rendering is a function of its input: no network, no files, no clock, equal bytes."""

import gc

import pytest

from common.documents.render import Metadata, RenderError, render_pdf
from tests.common.documents import papers_of_the_demo as papers

SOMETHING = Metadata("试")


@pytest.mark.parametrize("name", ["minutes", "division", "submission_sheet"])
def test_equal_input_gives_equal_bytes(name: str) -> None:
    assert papers.ALL[name].to_pdf() == papers.ALL[name].to_pdf()


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x.png", "file:///etc/hostname", "data:image/png;base64,AAAA"])
def test_a_paper_that_asks_for_something_outside_is_refused(address: str) -> None:
    with pytest.raises(RenderError, match="may not fetch"):
        render_pdf(f'<html><body><img src="{address}"></body></html>', stylesheets=(), metadata=SOMETHING)


def test_memory_is_given_back_after_each_document() -> None:
    papers.AGENDA.to_pdf()
    gc.collect()
    before = len(gc.get_objects())
    for _ in range(3):
        papers.AGENDA.to_pdf()
    assert len(gc.get_objects()) < before * 1.05
