"""A table as an Excel workbook that opens ready to use: head frozen, widths set, dates and sums as such."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from common.clock import SHANGHAI
from common.files.types import XLSX

WIDTH = 18


def workbook_response(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """`name`.xlsx with one sheet; moments become Shanghai time, texts that look like formulas stay texts."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.freeze_panes = "B2"
    for column in range(1, len(head) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = WIDTH
    sheet.append([_bold(sheet, text) for text in head])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    response["Cache-Control"] = "private, no-store"
    return response


def _bold(sheet: Any, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Any) -> Cell:
    if isinstance(value, datetime):
        value = value.astimezone(SHANGHAI).replace(tzinfo=None)
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell
