"""Rendering is a function of its input: no network, no files, no clock, equal bytes."""

import gc
import hashlib
import os
import subprocess
import sys

import pytest
from django.conf import settings

from common.documents.render import Metadata, RenderError, render_pdf
from tests.common.documents import papers_of_the_demo as papers

SOMETHING = Metadata("试")


@pytest.mark.parametrize("name", ["minutes", "division", "submission_sheet"])
def test_equal_input_gives_equal_bytes(name: str) -> None:
    assert papers.ALL[name].to_pdf() == papers.ALL[name].to_pdf()


def test_another_process_gives_the_same_bytes() -> None:
    program = (
        "import django, hashlib; django.setup()\n"
        "import sys; from common.documents.services import request_document\n"
        "assert 'weasyprint' not in sys.modules, 'only the worker that prints pays for WeasyPrint'\n"
        "from tests.common.documents.papers_of_the_demo import AGENDA\n"
        "print(hashlib.sha256(AGENDA.to_pdf()).hexdigest())"
    )
    told = {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(settings.BASE_DIR)}
    other = subprocess.run([sys.executable, "-c", program], env=os.environ | told, capture_output=True, text=True)
    assert other.returncode == 0, other.stderr
    assert other.stdout.strip() == hashlib.sha256(papers.AGENDA.to_pdf()).hexdigest()


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
