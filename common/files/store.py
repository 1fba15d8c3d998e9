"""Writes bytes safely and serves them: on disk and synced before the row can commit, outside the web root."""

import contextlib
import hashlib
import os
import secrets
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from django.http import FileResponse

from common import clock
from common.files.models import StoredFile
from common.files.types import ACCEPTED, EXTENSIONS, content_type_of
from common.identity.actor import Actor
from common.records.canonical import sha256_hex
from common.services import Refused


def path_of(sha256: str) -> Path:
    """Where the bytes of this digest are."""
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:4] / sha256


def store_file(data: bytes, name: str, *, actor: Actor) -> StoredFile:
    """Keep these bytes and return their row; refuses what is empty, too large or of no accepted kind.

    Same bytes are kept once on disk. A crash before commit leaves bytes without a row, which the sweep removes.
    """
    if not data:
        raise Refused(f"「{name}」是空文件，没有存入。请核对后重新上传。", field="file")
    if len(data) > settings.MAX_FILE_BYTES:
        raise Refused(f"「{name}」超过 50 MB，没有存入。请压缩或拆分后再传。", field="file")
    content_type = content_type_of(data)
    if content_type is None:
        raise Refused(f"「{name}」的内容不是可接收的类型。可接收：{ACCEPTED}（不含宏）。", field="file")
    return _keep(data, _clean_name(name, content_type), content_type, actor)


def store_generated(data: bytes, name: str, content_type: str, *, actor: Actor) -> StoredFile:
    """Keep a file that the program made itself."""
    return _keep(data, name, content_type, actor)


def hold_bytes(sha256: str, *, alone: bool) -> bool:
    """Keep the sweep off these bytes until the transaction ends; `alone`: the sweep itself, False if it may not."""
    way = "pg_try_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {way}(%s)", [int(sha256[:15], 16)])
        return cursor.fetchone()[0] is not False


def _keep(data: bytes, name: str, content_type: str, actor: Actor) -> StoredFile:
    digest = sha256_hex(data)
    hold_bytes(digest, alone=False)
    _write_synced(path_of(digest), data)
    return StoredFile.objects.create(
        committee=actor.committee,
        sha256=digest,
        size=len(data),
        content_type=content_type,
        name=name,
        stored_at=clock.now(),
        stored_by=actor.person,
    )


def read_file(stored: StoredFile) -> bytes:
    """The bytes, checked against their digest."""
    data = path_of(stored.sha256).read_bytes()
    if sha256_hex(data) != stored.sha256:
        raise Refused(f"文件「{stored.name}」与存入时的摘要不符，可能已损坏。请联系系统管理员从备份恢复。")
    return data


def damage_of(stored: StoredFile) -> str:
    """What is wrong with the bytes on disk; empty where they are what was stored."""
    try:
        with path_of(stored.sha256).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "在数据目录里读不到"
    return "" if digest == stored.sha256 else "与存入时的摘要不符，内容被改动"


def serve(stored: StoredFile, *, inline: bool = False) -> FileResponse:
    """The response for a reader whose permission the view has asked for. Only PDF and pictures open in the page."""
    shown = inline and stored.content_type in {"application/pdf", "image/png", "image/jpeg"}
    response = FileResponse(path_of(stored.sha256).open("rb"), content_type=stored.content_type)
    disposition = "inline" if shown else "attachment"
    response["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(stored.name)}"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _clean_name(name: str, content_type: str) -> str:
    """The name without folders and control signs, with the ending that fits its content."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    base = "".join(sign for sign in base if sign.isprintable()).strip() or "附件"
    stem, dot, ending = base.rpartition(".")
    wanted = EXTENSIONS[content_type]
    if dot and f".{ending.lower()}" in {wanted, ".jpeg"}:
        return base[-200:]
    return f"{(stem if dot else base)[:190]}{wanted}"


def _write_synced(path: Path, data: bytes) -> None:
    if path.exists() and path.stat().st_size == len(data):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with partial.open("xb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            partial.unlink()
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
