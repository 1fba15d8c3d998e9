"""An auditor asks whether anything was edited, and is told what, also where the owner of the database did it."""

import io
import os

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from common.files.store import path_of, store_file
from common.records.chain import seal
from tests.support.cast import District
from tests.support.stories import pdf


def verified() -> str:
    out = io.StringIO()
    try:
        call_command("verify_records", stdout=out)
    except CommandError as refusal:
        return f"{out.getvalue()}！{refusal}"
    return out.getvalue()


@pytest.fixture
def kept(committed_db: None, district: District):
    """A record and a file, for good."""
    with transaction.atomic():
        seal("note/1", district.committee, {"text": "原文"}, actor=district.office)
        return store_file(pdf("原件"), "原件.pdf", actor=district.office)


def test_where_all_is_as_it_was_it_says_so(kept) -> None:
    said = verified()
    assert "中共云川区委：存证" in said
    assert "文件 1 个，没有问题。" in said
    assert "！" not in said


def test_a_file_changed_or_gone_is_named(kept) -> None:
    path = path_of(kept.sha256)
    path.write_bytes(pdf("伪件"))
    assert "文件「原件.pdf」" in verified()
    assert "内容被改动" in verified()
    path.unlink()
    assert "读不到" in verified()
    assert "！共 1 处问题" in verified()


def test_a_record_that_the_owner_of_the_database_edited_is_named(kept) -> None:
    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"], dbname=settings["NAME"], user=os.environ["YISHI_DB_OWNER"],
        password=os.environ["YISHI_DB_OWNER_PASSWORD"],
    ) as owner:  # fmt: skip
        owner.execute("ALTER TABLE common_chainrecord DISABLE TRIGGER USER")
        owner.execute("UPDATE common_chainrecord SET payload = '{}' WHERE schema = 'note/1'")
    assert "原文与摘要不符，原文被改动。" in verified()
