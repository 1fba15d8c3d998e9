"""What an import would do, row by row: new, changed (field: before → after), unchanged, or waiting for a finding."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from common.identity.actor import Actor
from desk.imports import names
from desk.imports.findings import Code, Finding, Severity
from desk.imports.lines import Line
from desk.imports.present import Present
from desk.imports.reading import Reading
from desk.imports.vocabulary import VOCABULARIES, Kind
from desk.imports.writing import Writing


class Doing(StrEnum):
    """What becomes of a row. FOUND has a finding of its own; WAITING needs a row that has one."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FOUND = "found"
    WAITING = "waiting"


DOING_WORDS = {
    Doing.NEW: "新增",
    Doing.CHANGED: "有变动",
    Doing.UNCHANGED: "无变动",
    Doing.FOUND: "有问题",
    Doing.WAITING: "等前提",
}
WRITTEN = (Doing.NEW, Doing.CHANGED)


@dataclass(frozen=True, slots=True)
class Change:
    """A field that would change."""

    label: str
    before: str
    after: str


@dataclass(slots=True)
class Entry:
    """A row of the workbook (of a division: all its rows) and what would be written for it.

    `cells` are all its words; `needs` the keys of the entries that must be written before, or with it.
    """

    kind: Kind
    label: str
    lines: list[Line]
    doing: Doing = Doing.UNCHANGED
    changes: list[Change] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    needs: set[str] = field(default_factory=set)
    cadre: bool = False
    write: Callable[[Writing], None] | None = None

    @property
    def key(self) -> str:
        return key_of(self.lines[0])

    @property
    def place(self) -> str:
        """Where it stands, for sentences."""
        return f"“{self.lines[0].sheet}”第{self.lines[0].number}行"

    def to_json(self) -> dict[str, Any]:
        """As the preview keeps and shows it."""
        return {
            "key": self.key,
            "kind": self.kind.value,
            "sheet": self.lines[0].sheet,
            "lines": [line.number for line in self.lines],
            "label": self.label,
            "doing": self.doing.value,
            "changes": [asdict(change) for change in self.changes],
            "remarks": self.remarks,
            "needs": sorted(self.needs),
            "cadre": self.cadre,
            "cells": [line.pairs for line in self.lines],
        }


def key_of(line: Line) -> str:
    """The key of the entry that a row belongs to."""
    return f"{line.sheet}!{line.number}"


@dataclass
class Plan:
    """The whole import. The planners of the single sheets (plan_*.py) add entries and findings."""

    reading: Reading
    present: Present
    actor: Actor
    entries: list[Entry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    makers: dict[names.Reference, str] = field(default_factory=dict)

    def find(self, line: Line, name: str, code: Code, cause: str, mend: str, *, whole: bool = False) -> None:
        """A finding of the register's at a field of a row, or with `whole` one for which the whole sheet waits."""
        cell = line.cells.get(name) or next(iter(line.cells.values()))
        severity = Severity.SHEET if whole else Severity.ROW
        lines = () if whole else (line.number,)
        self.findings.append(Finding(code, line.sheet, cell.at, cell.text.strip(), cause, mend, severity, lines))

    def limit(self, line: Line, lengths: dict[str, int]) -> None:
        """Fields longer than the register keeps are findings, because nothing is cut off."""
        for name, longest in lengths.items():
            if len(text := line.text(name).strip()) > longest:
                label = line.labels[name]
                cause = f"“{label}”有{len(text)}字，系统里最多记{longest}字。"
                self.find(line, name, Code.TOO_LONG, cause, f"请把“{label}”精简到{longest}字以内。")

    def makes(self, entry: Entry, *made: names.Person | names.Unit | None) -> None:
        """This entry is the first to enter these people or units."""
        for one in made:
            if one is not None and one.key is None:
                self.makers.setdefault(names.reference(one), entry.key)

    def require(self, entry: Entry, *named: names.Person | names.Unit | None) -> None:
        """This entry speaks of these people and units; those not yet in the register must be entered first."""
        for one in named:
            maker = self.makers.get(names.reference(one)) if one is not None and one.key is None else None
            if maker and maker != entry.key:
                entry.needs.add(maker)

    def settle(self) -> None:
        """Hold back the rows with findings, and those that need one of them."""
        at_row = {(found.sheet, number) for found in self.findings for number in found.lines}
        whole = {found.sheet for found in self.findings if found.severity is Severity.SHEET}
        for entry in self.entries:
            if any(line.sheet in whole or (line.sheet, line.number) in at_row for line in entry.lines):
                entry.doing = Doing.FOUND
        by_key = {entry.key: entry for entry in self.entries}
        waiting = True
        while waiting:
            waiting = False
            for entry in self.entries:
                held = [by_key[key] for key in sorted(entry.needs) if by_key[key].doing in (Doing.FOUND, Doing.WAITING)]
                if held and entry.doing in WRITTEN:
                    entry.doing, waiting = Doing.WAITING, True
                    entry.remarks.append(f"要等{held[0].place}（{held[0].label}）的问题改正。")

    def in_order(self, keys: Iterable[str]) -> Iterator[Entry]:
        """The entries of these keys, each after what it needs."""
        by_key = {entry.key: entry for entry in self.entries}
        given: set[str] = set()

        def after_needs(key: str) -> Iterator[Entry]:
            if key in given:
                return
            given.add(key)
            for need in sorted(by_key[key].needs & wanted, key=places.__getitem__):
                yield from after_needs(need)
            yield by_key[key]

        wanted = set(keys)
        places = {entry.key: at for at, entry in enumerate(self.entries)}
        for entry in self.entries:
            if entry.key in wanted:
                yield from after_needs(entry.key)

    @property
    def to_write(self) -> list[str]:
        """The keys of all rows that may be written."""
        return [entry.key for entry in self.entries if entry.doing in WRITTEN]

    def to_json(self) -> dict[str, Any]:
        """As the import keeps it and the pages show it."""
        return {
            "entries": [entry.to_json() for entry in self.entries],
            "remarks": self.remarks,
            "notes": [asdict(note) for note in self.reading.notes],
        }

    def findings_json(self) -> list[dict[str, Any]]:
        return [asdict(found) | {"lines": list(found.lines)} for found in self.findings]

    def counts(self) -> dict[Kind, Counter[Doing]]:
        """How many rows of each kind are what."""
        counted: dict[Kind, Counter[Doing]] = {}
        for entry in self.entries:
            counted.setdefault(entry.kind, Counter())[entry.doing] += 1
        return counted


def kind_label(kind: str) -> str:
    """委员名册, 部门单位 …"""
    return VOCABULARIES[Kind(kind)].label


def kind_count(kind: str, number: int) -> str:
    """14 行; a 分工 is written as one whole: 1 份."""
    return f"{number} {'份' if kind == Kind.DIVISION else '行'}"
