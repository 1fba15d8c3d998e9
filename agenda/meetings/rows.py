"""Lines of an agenda as texts, worked out once each, so that a page of five hundred stays cheap to write."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from agenda.meetings.programme import Line, Paper
from common.web.formats import cn_minutes, cn_number, cn_time


class ReadItem(NamedTuple):
    """An item behind an entry; `url_id` is empty where this person may not read it."""

    title: str
    docno: str
    url_id: int | None
    asked: tuple[str, ...]


class Row(NamedTuple):
    """One entry as the page shows it."""

    id: int
    numeral: str
    title: str
    time: str
    note: str
    called: str
    items: list[ReadItem]
    papers: list[Paper]
    summary: str
    outcome: str


def rows_of(lines: Iterable[Line], readable: Collection[int], outcomes: Mapping[int, str]) -> list[Row]:
    """`readable`: ids of the items this person may open; `outcomes`: what became of entries, by id."""
    return [_row(line, readable, outcomes.get(line.entry.pk, "")) for line in lines]


def _row(line: Line, readable: Collection[int], outcome: str) -> Row:
    entry, papers = line.entry, line.papers
    presenter = f"{entry.presenter}汇报" if entry.presenter else ""
    length = cn_minutes(entry.minutes).replace(" ", "\u00a0")
    note = " · ".join(filter(None, (line.units, presenter, line.asks, length)))
    items = [
        ReadItem(matter.title, matter.docno, matter.item_id if matter.item_id in readable else None, matter.asked)
        for matter in line.matters
    ]
    return Row(
        entry.pk,
        cn_number(line.number),
        entry.title,
        cn_time(line.starts_at),
        note,
        "、".join(line.called),
        items,
        papers,
        _summary(line, sum(len(item.asked) for item in items)),
        outcome,
    )


def _summary(line: Line, asked: int) -> str:
    """What opens under an entry, in words; nothing for a cadre matter."""
    if line.cadre:
        return ""
    parts = []
    if asked:
        parts.append(f"提请事项 {asked} 项")
    if line.papers:
        parts.append(f"材料 {len(line.papers)} 件")
    return "，".join(parts)
