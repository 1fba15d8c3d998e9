"""Opens an uploaded file in bounded time and memory, or says in one Chinese sentence why not and what to do."""

import codecs
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

MEGABYTE = 1024 * 1024
LARGEST_FILE = 50 * MEGABYTE
MOST_MEMBERS = 5_000
LARGEST_SHEET = 400 * MEGABYTE
LARGEST_PART = 100 * MEGABYTE
LARGEST_TOTAL = 800 * MEGABYTE
SUSPICIOUS_SIZE = 20 * MEGABYTE
SUSPICIOUS_RATIO = 250
CHUNK = MEGABYTE


class RefusalCode(StrEnum):
    """Why a whole file is refused; the sentence for people is in `REASONS`."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_A_WORKBOOK = "not_a_workbook"
    PLAIN_TEXT = "plain_text"
    WEB_PAGE = "web_page"
    OTHER_FORMAT = "other_format"
    OLD_FORMAT = "old_format"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    DAMAGED = "damaged"
    BOMB = "bomb"
    ENTITIES = "entities"
    TOO_MANY_CELLS = "too_many_cells"
    TOO_MANY_SHEETS = "too_many_sheets"
    NOTHING_IN_IT = "nothing_in_it"


_SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再导入。"
REASONS = {
    RefusalCode.EMPTY: "文件是空的，没有内容。请重新选择台账文件。",
    RefusalCode.TOO_LARGE: "文件超过 50 MB。请删去图片和用不着的工作表，或者拆成几个文件后再导入。",
    RefusalCode.NOT_A_WORKBOOK: "这不是 Excel 工作簿。请选择扩展名为 .xlsx 的台账文件。",
    RefusalCode.PLAIN_TEXT: f"这是文本文件（如 CSV），不是工作簿。{_SAVE_AS}",
    RefusalCode.WEB_PAGE: f"这是网页或者 XML 文件，只是改了扩展名，不是工作簿。{_SAVE_AS}",
    RefusalCode.OTHER_FORMAT: f"这是别的格式的表格（.ods、.xlsb 等）。{_SAVE_AS}",
    RefusalCode.OLD_FORMAT: f"这是旧格式的工作簿（.xls 或 .et）。{_SAVE_AS}",
    RefusalCode.ENCRYPTED: "工作簿设有打开密码。请由原制表人取消密码、另存一份后再导入。",
    RefusalCode.MACROS: "工作簿带有宏，为安全起见不予打开。请另存为不带宏的“Excel 工作簿（*.xlsx）”后再导入。",
    RefusalCode.DAMAGED: "文件已损坏，打不开。请用 Excel 或 WPS 打开原件，修复并另存后再导入，或者请原制表人重新发送。",
    RefusalCode.BOMB: "文件解压后大得异常，为安全起见不予打开。请把需要的内容复制到新的工作簿后再导入。",
    RefusalCode.ENTITIES: "文件内含有外部引用声明，为安全起见不予打开。请把需要的内容复制到新的工作簿后再导入。",
    RefusalCode.TOO_MANY_CELLS: "工作表的行、列或者格式过多。请删去多余的行列（包括只有格式的空行）后再导入。",
    RefusalCode.TOO_MANY_SHEETS: "工作表超过 50 张。请只留下需要导入的工作表。",
    RefusalCode.NOTHING_IN_IT: "工作簿里没有任何内容。请重新选择台账文件。",
}


class WorkbookRefused(Exception):
    """The file as a whole is not read. `message` is a Chinese sentence that says why and what to do."""

    def __init__(self, code: RefusalCode) -> None:
        super().__init__(REASONS[code])
        self.code = code
        self.message = REASONS[code]


def refuse(code: RefusalCode) -> NoReturn:
    """Refuse the whole file."""
    raise WorkbookRefused(code)


def load(source: bytes | Path) -> bytes:
    """The bytes of the upload; a file too large is refused before it is read."""
    if isinstance(source, Path):
        if source.stat().st_size > LARGEST_FILE:
            refuse(RefusalCode.TOO_LARGE)
        source = source.read_bytes()
    if len(source) > LARGEST_FILE:
        refuse(RefusalCode.TOO_LARGE)
    return source


class Package:
    """The zip container of a workbook; members are given out in chunks and never beyond their bounds."""

    def __init__(self, source: bytes | Path) -> None:
        data = load(source)
        if not data.startswith(b"PK\x03\x04"):
            refuse(_what_else(data))
        # Counted in the bytes themselves, because the directory of a hostile file may lie about its length.
        if data.count(b"PK\x01\x02") > MOST_MEMBERS:
            refuse(RefusalCode.BOMB)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError):
            refuse(RefusalCode.DAMAGED)
        self.data = data
        self._members = {member.filename.lstrip("/"): member for member in self._zip.infolist()}
        self._spent = 0
        self._check_members()

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names."""
        return tuple(self._members)

    def _check_members(self) -> None:
        members = self._members.values()
        names = [name.lower() for name in self._members]
        if any(member.flag_bits & 1 for member in members):
            refuse(RefusalCode.ENCRYPTED)
        if "encryptedpackage" in names:
            refuse(RefusalCode.ENCRYPTED)
        if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
            refuse(RefusalCode.MACROS)
        if "xl/workbook.bin" in names or "mimetype" in names:
            refuse(RefusalCode.OTHER_FORMAT)
        if sum(member.file_size for member in members) > LARGEST_TOTAL:
            refuse(RefusalCode.BOMB)
        for member in members:
            if member.file_size > SUSPICIOUS_SIZE and member.file_size > SUSPICIOUS_RATIO * member.compress_size:
                refuse(RefusalCode.BOMB)

    def has(self, name: str) -> bool:
        """Whether there is such a member."""
        return name in self._members

    def chunks(self, name: str, *, limit: int = LARGEST_PART) -> Iterator[bytes]:
        """The inflated member, piece by piece; what is really inflated is counted, whatever the file declares."""
        given = 0
        try:
            with self._zip.open(self._members[name]) as member:
                while chunk := member.read(CHUNK):
                    given += len(chunk)
                    self._spent += len(chunk)
                    if given > limit or self._spent > LARGEST_TOTAL:
                        refuse(RefusalCode.BOMB)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, KeyError, RuntimeError):
            refuse(RefusalCode.DAMAGED)

    def read(self, name: str, *, limit: int = LARGEST_PART) -> bytes:
        """The whole inflated member."""
        return b"".join(self.chunks(name, limit=limit))


def _what_else(data: bytes) -> RefusalCode:
    """What a file that is no zip container is, told by its content and not by its name."""
    if not data.strip(b"\0 \r\n\t"):
        return RefusalCode.EMPTY
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return RefusalCode.ENCRYPTED
        if any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book")):
            return RefusalCode.OLD_FORMAT
        return RefusalCode.NOT_A_WORKBOOK
    if data[:2] == b"\x09\x08" or data[:4] in (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"):
        return RefusalCode.OLD_FORMAT
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta", b"<head")):
        return RefusalCode.WEB_PAGE
    return RefusalCode.PLAIN_TEXT if _is_text(data[:4096]) else RefusalCode.NOT_A_WORKBOOK


def _is_text(head: bytes) -> bool:
    """Whether the beginning reads as text in an encoding offices use, and is laid out in rows."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if any(byte < 9 or 13 < byte < 32 for byte in head):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            # Incremental, because the last character may be cut in the middle.
            text = codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        return "," in text or "\t" in text or ";" in text
    return False
