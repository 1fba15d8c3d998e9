"""The lines of an agenda as HTML, written without a template file.

A page of fifty entries spent two thirds of its time in template nodes; written here it costs a tenth. Every text passes
through `escape`, nothing else is put in.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString

from agenda.meetings.rows import ReadItem, Row
from common.web.formats import file_size


def agenda_markup(rows: Iterable[Row], *, here: str, items_at: str, mark: str, editable: bool) -> SafeString:
    """The inside of <ol class="agenda">; `mark` is that of the order shown, on every line for whoever reorders.

    `here`: address of the meeting, `items_at`: of the item store; both end in a slash.
    """
    return SafeString("\n".join(_entry(row, here, items_at, mark, editable) for row in rows))


def _entry(row: Row, here: str, items_at: str, mark: str, editable: bool) -> str:
    title = escape(row.title)
    lone = row.items[0].url_id if len(row.items) == 1 else None
    link = f'<a href="{items_at}{lone}/">{title}</a>' if lone else title
    called = f'<p class="agenda-note">列席：{escape(row.called)}</p>' if row.called else ""
    outcome = f'<p class="agenda-outcome">{escape(row.outcome)}</p>' if row.outcome else ""
    return (
        f'<li class="agenda-entry" data-id="{row.id}" data-name="{row.numeral}、{title}" data-mark="{mark}">'
        f"{_handle(title) if editable else ''}"
        f'<span class="agenda-time">{row.time}</span><div class="agenda-body">'
        f'<h3 class="agenda-title"><span class="agenda-numeral">{row.numeral}、</span>{link}</h3>'
        f'<p class="agenda-note">{escape(row.note)}</p>{called}{outcome}{_more(row, here, items_at)}</div>'
        f"{_tools(row, here) if editable else ''}</li>"
    )


def _handle(title: str) -> str:
    return (
        '<button type="button" class="sortable-handle agenda-handle" data-handle'
        f' aria-label="移动「{title}」，按上下方向键"></button>'
    )


def _more(row: Row, here: str, items_at: str) -> str:
    """What opens under an entry: what is asked of the meeting, item by item, and the papers."""
    if not row.summary:
        return ""
    items = "".join(_item(item, items_at, named=len(row.items) > 1) for item in row.items)
    papers = "".join(
        f'<li><a href="{here}papers/{paper.id}/">{escape(paper.name)}</a>'
        f'<span class="file-note">{file_size(paper.size)}</span></li>'
        for paper in row.papers
    )
    files = f'<ul class="files">{papers}</ul>' if papers else ""
    return f'<details class="agenda-more"><summary>{row.summary}</summary>{items}{files}</details>'


def _item(item: ReadItem, items_at: str, *, named: bool) -> str:
    """One item of an entry; where there are several each is named."""
    name = ""
    if named:
        title = escape(item.title)
        link = f'<a href="{items_at}{item.url_id}/">{title}</a>' if item.url_id else title
        name = f'<p class="agenda-item">{link} <span class="soft">{escape(item.docno)}</span></p>'
    asked = "".join(f"<li>{escape(line)}</li>" for line in item.asked)
    return f'{name}<ol class="agenda-asked">{asked}</ol>' if asked else name


def _tools(row: Row, here: str) -> str:
    """What the office does with an entry; up and down for those without scripts."""
    entry = f"{here}entries/{row.id}/"
    return (
        '<details class="menu agenda-tools">'
        f'<summary class="plain-button" aria-label="第{row.numeral}项的操作">操作</summary>'
        f'<div class="menu-panel"><a class="menu-item" href="{entry}">时长、汇报人、列席</a>'
        f'<a class="menu-item" href="{here}schedule/?entry={row.id}">并入其他议题</a>'
        f'<button class="menu-item" form="agenda-order" name="up" value="{row.id}">上移</button>'
        f'<button class="menu-item" form="agenda-order" name="down" value="{row.id}">下移</button>'
        f'<hr><a class="menu-item" href="{entry}remove/">移出议程</a></div></details>'
    )
