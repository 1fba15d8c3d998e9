"""How an import looks on its pages: made from the plan that was kept, so that old ones look as they did."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from common.web.listing import Tab
from desk.imports.findings import Severity
from desk.imports.plan import DOING_WORDS, WRITTEN, Doing, kind_count, kind_label
from desk.imports.vocabulary import Kind

TONES = {
    Doing.NEW: "info",
    Doing.CHANGED: "wait",
    Doing.UNCHANGED: "neutral",
    Doing.FOUND: "bad",
    Doing.WAITING: "draft",
}
LONGEST_GIST = 90
OVERVIEW, FINDINGS = "overview", "findings"


@dataclass(frozen=True)
class Row:
    """A row of the plan for a template."""

    key: str
    kind: str
    label: str
    place: str
    word: str
    tone: str
    may_write: bool
    changes: list[dict[str, str]]
    remarks: list[str]
    cells: list[list[list[str]]]
    gist: str
    problems: list[str]
    url: str = ""


@dataclass(frozen=True)
class Summary:
    """A sheet kind with its counts, in the order of Doing."""

    kind: str
    label: str
    total: int
    counts: list[tuple[str, int]]

    @property
    def in_words(self) -> str:
        """新增 14 行，有变动 2 行."""
        return "，".join(f"{word} {kind_count(self.kind, number)}" for word, number in self.counts if number)

    @property
    def total_in_words(self) -> str:
        """16 行; 1 份."""
        return kind_count(self.kind, self.total)


def row_of(entry: dict[str, Any], findings: Iterable[dict[str, Any]], url: str = "", *, written: bool = False) -> Row:
    """One entry of the plan's JSON, with what was found in its rows; `written`: by this import."""
    doing = Doing(entry["doing"])
    lines = entry["lines"]
    place = f"{entry['sheet']} 第{lines[0]}行" if len(lines) == 1 else f"{entry['sheet']} 第{lines[0]}至{lines[-1]}行"
    return Row(
        key=entry["key"],
        kind=entry["kind"],
        label=entry["label"] or "（空）",
        place=place,
        word="已写入" if written else DOING_WORDS[doing],
        tone="good" if written else TONES[doing],
        may_write=doing in WRITTEN,
        changes=entry["changes"],
        remarks=[remark for remark in entry["remarks"] if remark],
        cells=entry["cells"],
        gist=_gist(entry) if doing in (Doing.NEW, Doing.WAITING) else "",
        problems=[found["cause"] for found in findings if _is_about(found, entry)],
        url=url,
    )


def _gist(entry: dict[str, Any]) -> str:
    """What a new row says, beside its name: the cells in a line, not longer than a glance."""
    said = [text for _, text in entry["cells"][0] if text and text != entry["label"] and not text.isdigit()]
    line = "　".join(" ".join(text.split()) for text in said)
    return line if len(line) <= LONGEST_GIST else f"{line[: LONGEST_GIST - 1]}…"


def _is_about(found: dict[str, Any], entry: dict[str, Any]) -> bool:
    whole = found["severity"] == Severity.SHEET
    return found["sheet"] == entry["sheet"] and (whole or bool(set(found["lines"]) & set(entry["lines"])))


def summaries(entries: Iterable[dict[str, Any]]) -> list[Summary]:
    """What would become of the rows, a line for each kind of sheet; what becomes of none is left out."""
    counted: dict[str, Counter[str]] = {}
    for entry in entries:
        counted.setdefault(entry["kind"], Counter())[entry["doing"]] += 1
    doings = [doing for doing in Doing if any(counts[doing] for counts in counted.values())]
    return [
        Summary(kind, kind_label(kind), counts.total(), [(DOING_WORDS[doing], counts[doing]) for doing in doings])
        for kind, counts in counted.items()
    ]


def tabs_of(entries: list[dict[str, Any]], findings: list[dict[str, Any]]) -> list[Tab]:
    """总览, the findings if there are any, then one for each kind of sheet."""
    kinds = Counter(entry["kind"] for entry in entries)
    found = [Tab(FINDINGS, "问题", len(findings))] if findings else []
    sheets = [Tab(kind.value, kind_label(kind), kinds[kind.value]) for kind in Kind if kinds[kind.value]]
    return [Tab(OVERVIEW, "总览"), *found, *sheets]


def groups_to_choose(entries: Iterable[dict[str, Any]]) -> list[tuple[str, str, list[Row], int]]:
    """(kind, label, rows, how many may be written) of what may be written or waits for another row."""
    groups: dict[str, list[Row]] = {}
    for entry in entries:
        if Doing(entry["doing"]) in (*WRITTEN, Doing.WAITING):
            groups.setdefault(entry["kind"], []).append(row_of(entry, ()))
    return [(kind, kind_label(kind), rows, sum(row.may_write for row in rows)) for kind, rows in groups.items()]


def chosen_keys(entries: Iterable[dict[str, Any]], said: Iterable[str]) -> set[str]:
    """The rows ticked one by one, and all rows of the sheets ticked as a whole."""
    ticked = set(said)
    return {
        entry["key"]
        for entry in entries
        if entry["key"] in ticked or (f"all:{entry['kind']}" in ticked and Doing(entry["doing"]) in WRITTEN)
    }
