"""Which files are taken, known by their content and never by their name."""

import io
import zipfile

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OFD = "application/ofd"
EXTENSIONS = {
    PDF: ".pdf",
    DOCX: ".docx",
    XLSX: ".xlsx",
    PPTX: ".pptx",
    OFD: ".ofd",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "application/msword": ".doc",
}
ACCEPTED = "PDF、Word、Excel、PPT、OFD、PNG、JPG"
_MAGIC = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_ZIP_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX, "OFD.xml": OFD}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD, _MACROS = "WordDocument".encode("utf-16-le"), "_VBA_PROJECT".encode("utf-16-le")


def content_type_of(data: bytes) -> str | None:
    """The type of these bytes, or None where they are of no kind that is taken (macros and programs never are)."""
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _zip_type(data)
    if data.startswith(_OLE) and _WORD in data and _MACROS not in data:
        return "application/msword"
    return None


def _zip_type(data: bytes) -> str | None:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, NotImplementedError):
        return None
    if any(name.endswith("vbaProject.bin") for name in names):
        return None
    return next((kind for part, kind in _ZIP_PARTS.items() if part in names), None)
