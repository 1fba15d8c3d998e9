"""Reads a PDF back: its words by page, and where each line stands on the paper, in millimetres."""

import io
import re
import shutil
import subprocess
from dataclasses import dataclass

from pypdf import PdfReader

POINT = 25.4 / 72
_BOX = r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"'


def pages(pdf: bytes) -> list[str]:
    """The text of each page without any white space."""
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


@dataclass(frozen=True)
class Line:
    """One line of text and its box."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def lines(pdf: bytes, page: int) -> list[Line]:
    """The lines of a page from top to bottom."""
    program = shutil.which("pdftotext")
    assert program, "poppler-utils is not installed"
    command = [program, "-bbox-layout", "-f", str(page), "-l", str(page), "-", "-"]
    layout = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    found = []
    for box, words in re.findall(r"<line ([^>]*)>(.*?)</line>", layout, re.DOTALL):
        left, top, right, bottom = (float(value) * POINT for value in re.findall(_BOX, box)[0])
        found.append(Line("".join(re.findall(r">([^<]*)</word>", words)), left, top, right, bottom))
    return sorted(found, key=lambda line: line.top)
