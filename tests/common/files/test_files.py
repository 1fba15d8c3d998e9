"""Files are known by their content, kept once, checked when read, swept when nobody owns them."""

import io
import os
import threading
import time
import zipfile
from pathlib import Path

import pytest
from django.db import connections, transaction

from common.files.models import StoredFile
from common.files.store import path_of, read_file, serve, store_file
from common.files.tasks import GRACE_SECONDS, sweep_orphans
from common.files.types import content_type_of
from common.services import Refused
from common.tenancy.scope import committee_scope
from tests.support.cast import District
from tests.support.stories import pdf

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD, MACROS = "WordDocument".encode("utf-16-le"), "_VBA_PROJECT".encode("utf-16-le")


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def aged(path: Path) -> None:
    """As if written before the grace time."""
    old = time.time() - GRACE_SECONDS - 60
    os.utime(path, (old, old))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pdf(), "application/pdf"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff...", "image/jpeg"),
        (zipped("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (zipped("OFD.xml"), "application/ofd"),
        (OLE + WORD, "application/msword"),
        (zipped("word/document.xml", "word/vbaProject.bin"), None),
        (OLE + WORD + MACROS, None),
        (OLE + "Workbook".encode("utf-16-le"), None),
        (zipped("run.exe"), None),
        (b"PK\x03\x04 and then nothing", None),
        (b"MZ\x90", None),
        (b"<html><script>", None),
        (b"plain words", None),
    ],
)
def test_what_a_file_is_its_content_says(data: bytes, kind: str | None) -> None:
    assert content_type_of(data) == kind


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"", "是空文件"), (b"MZ\x90 called a.pdf", "不是可接收的类型"), (b"%PDF-" + b"0" * 2**20, "超过 50 MB")],
)
def test_a_refused_file_leaves_nothing(district: District, settings, data: bytes, sentence: str) -> None:
    settings.MAX_FILE_BYTES = 2**20
    before = set(Path(settings.FILES_DIR).rglob("*"))
    with pytest.raises(Refused, match=sentence):
        store_file(data, "附件.pdf", actor=district.liaison)
    assert not StoredFile.objects.exists()
    assert set(Path(settings.FILES_DIR).rglob("*")) == before


def test_the_same_bytes_are_kept_once_and_named_twice(district: District) -> None:
    first = store_file(pdf("一份"), "可研报告", actor=district.liaison)
    second = store_file(pdf("一份"), r"C:\桌面\..\可研报告（终）.PDF", actor=district.head)
    assert (first.name, second.name) == ("可研报告.pdf", "可研报告（终）.PDF")
    assert path_of(first.sha256).read_bytes() == pdf("一份")
    assert first.sha256 == second.sha256
    assert (first.stored_by, second.stored_by) == (district.liaison.person, district.head.person)


def test_bytes_that_changed_on_disk_are_not_read_as_the_file(district: District) -> None:
    stored = store_file(pdf("原文"), "原文.pdf", actor=district.liaison)
    path_of(stored.sha256).write_bytes(pdf("改过"))
    with pytest.raises(Refused, match="摘要不符"):
        read_file(stored)
    path_of(stored.sha256).write_bytes(pdf("原文"))
    assert read_file(stored) == pdf("原文")


def test_a_file_is_served_by_its_type_and_never_guessed(district: District) -> None:
    answer = serve(store_file(zipped("word/document.xml"), "方案.docx", actor=district.liaison), inline=True)
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    shown = serve(store_file(pdf(), "方案.pdf", actor=district.liaison), inline=True)
    assert shown["Content-Disposition"].startswith("inline;")


def test_the_sweep_takes_old_bytes_that_no_row_knows_and_no_others(district: District) -> None:
    known = path_of(store_file(pdf("有主"), "有主.pdf", actor=district.liaison).sha256)
    orphan, young = path_of("ab" * 32), path_of("cd" * 32)
    for path in (orphan, young):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"left by a crash")
    aged(known)
    aged(orphan)
    assert sweep_orphans() == 1
    assert (known.exists(), orphan.exists(), young.exists()) == (True, False, True)
    young.unlink()


def test_the_sweep_leaves_bytes_that_somebody_is_storing_again(committed_db: None, district: District) -> None:
    """They lay there from a refused upload; the row that takes them is not committed when the sweep comes by."""
    data = pdf("第二次")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        path = path_of(store_file(data, "甲.pdf", actor=district.liaison).sha256)
        raise ZeroDivisionError
    aged(path)
    stored, swept = threading.Event(), threading.Event()

    def store_slowly() -> None:
        with committee_scope(district.committee.pk), transaction.atomic():
            store_file(data, "甲.pdf", actor=district.liaison)
            stored.set()
            swept.wait(30)
        connections.close_all()

    uploading = threading.Thread(target=store_slowly)
    uploading.start()
    assert stored.wait(30)
    sweep_orphans()
    swept.set()
    uploading.join()
    assert read_file(StoredFile.objects.get()) == data
