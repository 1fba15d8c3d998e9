"""What the agenda ledger would change: each row not yet known becomes a draft (拟稿) of its unit."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from agenda.items.filing import names_for
from agenda.items.models import Classification, Item, ItemDraft
from agenda.items.policies import may_edit
from agenda.items.services.save_draft import save_draft
from agenda.items.services.start_item import start_item
from agenda.items.sheet import Sheet, compose, difference
from agenda.items.workflow import ItemState
from agenda.rules.models import PERSONNEL, Handling, MatterKind
from desk.imports import names
from desk.imports.agenda_ledger import AgendaRow, MajorKind
from desk.imports.findings import Code
from desk.imports.lines import Line
from desk.imports.models import LedgerItemRow
from desk.imports.names import people_in, units_in
from desk.imports.plan import Change, Doing, Entry, Plan
from desk.imports.text import fold, is_blank_mark, office_marks
from desk.imports.vocabulary import Kind
from desk.imports.writing import Writing

# The way a matter is dealt with; where a cell names several, the weightier counts.
_MANNERS = {
    Handling.BALLOT: ("票决", "投票表决", "无记名投票", "无记名投票表决", "差额票决"),
    Handling.DISCUSS: ("讨论", "讨论决定", "审议", "研究", "研究决定", "审定", "表决", "议决", "集体研究"),
    Handling.HEAR: ("听取", "听取汇报", "通报", "汇报", "酝酿"),
    Handling.CONVEY: ("传达", "传达学习", "学习", "学习传达", "传达贯彻"),
}
_CLASSES = {"公开": Classification.OPEN, "内部": Classification.INTERNAL}
_COLUMNS = {
    "handling": "manner",
    "major_kinds": "major",
    "amount": "amount",
    "classification": "classification",
    "leader": "leaders",
    "presenter": "presenters",
    "minutes": "minutes",
}
_OVER = (ItemState.WITHDRAWN, ItemState.DELIBERATED, ItemState.HEARD)


def plan_agenda(plan: Plan) -> None:
    """Add an entry for every row."""
    before = _Before.load(plan)
    for row in plan.reading.items:
        entry = Entry(Kind.AGENDA, row.title, [row.line])
        plan.entries.append(entry)
        plan.limit(row.line, {"title": 100})
        plan.require(entry, *people_in((*row.leaders, *row.presenters)), *units_in(row.units))
        _plan_row(plan, entry, row, before)


@dataclass(frozen=True)
class _Before:
    """What earlier imports and the units themselves have entered already."""

    rows: dict[str, LedgerItemRow]
    drafts: dict[int, ItemDraft]
    open_items: dict[tuple[int, str], Item]

    @classmethod
    def load(cls, plan: Plan) -> "_Before":
        keys = [ledger_key(row) for row in plan.reading.items]
        found = LedgerItemRow.objects.filter(item__imported_key__in=keys).select_related("item__unit").order_by("pk")
        rows = {row.item.imported_key: row for row in found}
        units = {unit.key for row in plan.reading.items for unit in units_in(row.units) if unit.key}
        items = Item.objects.filter(unit_id__in=units).exclude(state__in=_OVER).select_related("number", "unit")
        return cls(
            rows,
            {draft.item_id: draft for draft in ItemDraft.objects.filter(item__imported_key__in=keys)},
            {(item.unit_id, fold(item.title)): item for item in items},
        )


def ledger_key(row: AgendaRow) -> str:
    """What names a row across imports: its title, its units and the day it was filed."""
    units = sorted(fold(mention.unit.full if mention.unit else mention.text) for mention in row.units)
    digest = hashlib.sha256("\n".join((fold(row.title), *units)).encode()).hexdigest()
    return f"{row.filed.isoformat() if row.filed else ''}/{digest}"


def _plan_row(plan: Plan, entry: Entry, row: AgendaRow, before: _Before) -> None:
    matter, handling = _matter(plan, row), _handling(plan, row)
    classification = _classification(plan, row)
    entry.cadre = matter is not None and matter.nature in PERSONNEL
    if row.major and MajorKind.CADRE in row.major.kinds:
        entry.cadre = True
    units = units_in(row.units)
    if not (row.title and units and row.body and matter and handling and classification):
        return
    wanted = _Wanted(row, units, matter, handling, classification)
    if earlier := before.rows.get(ledger_key(row)):
        _plan_known(plan, entry, wanted, earlier, before.drafts[earlier.item_id])
    elif there := before.open_items.get((units[0].key or 0, fold(row.title))):
        number = f"（议{there.number}）" if there.number else ""
        entry.remarks.append(f"{there.unit}已有这个议题{number}，现在是“{there.get_state_display()}”，不再录入。")
    else:
        entry.doing, entry.write = Doing.NEW, _Start(wanted)
        if not row.manner:
            entry.remarks.append(f"没有写拟议方式，按“{handling.label}”录入，由提报单位核对。")
        if row.major and row.major.yes and not row.major.kinds:
            entry.remarks.append("写了属于三重一大，没有写是哪一种，由提报单位补选。")


def _plan_known(plan: Plan, entry: Entry, wanted: "_Wanted", earlier: LedgerItemRow, draft: ItemDraft) -> None:
    """A row imported before: a draft nobody has touched follows the ledger, anything else stays as its unit left it."""
    wanted = replace(wanted, earlier=earlier.content)
    sheet = Sheet.from_json(wanted.content(lambda unit: unit.key or 0, lambda person: person.key or 0))
    entry.changes = _changes(Sheet.from_json(earlier.content), sheet) + _extra_changes(wanted.row.line, earlier)
    if not entry.changes:
        return
    item = earlier.item
    if item.state == ItemState.DRAFT and draft.content == earlier.content and may_edit(plan.actor, item):
        entry.doing, entry.write = Doing.CHANGED, _Save(wanted, item, draft.revision)
        return
    what = "、".join(change.label for change in entry.changes)
    entry.changes = []
    entry.remarks.append(f"{what}与上次导入时不同；这个议题已由{item.unit}接手，导入不改动，请{item.unit}核对。")


def _changes(before: Sheet, after: Sheet) -> list[Change]:
    words = names_for(before, after)
    found = difference(compose(before, words, []), compose(after, words, []))
    return [Change(change.label, change.before or "无", change.after or "无") for change in found]


def _extra_changes(line: Line, earlier: LedgerItemRow) -> list[Change]:
    """Columns the form has no field for."""
    old = dict(earlier.verbatim)
    return [Change(name, old.get(name, "无"), text) for name, text in line.extra.items() if old.get(name) != text]


@dataclass(frozen=True)
class _Wanted:
    """What a row without findings asks for."""

    row: AgendaRow
    units: list[names.Unit]
    matter: MatterKind
    handling: Handling
    classification: Classification
    earlier: Mapping[str, Any] = field(default_factory=dict)

    def content(self, unit: Callable[[names.Unit], int], person: Callable[[names.Person], int]) -> Mapping[str, Any]:
        """The fields of the 呈报单 that a ledger knows; where this one lacks a column the earlier words stay."""
        row = self.row
        leaders = people_in(row.leaders)
        said = {
            "title": office_marks(row.title),
            "unit": unit(self.units[0]),
            "co_units": [unit(one) for one in self.units[1:]],
            "matter_kind": self.matter.pk,
            "handling": self.handling.value,
            "target_body": row.body.value if row.body else "",
            "major_kinds": [kind.value for kind in row.major.kinds] if row.major else [],
            "amount": "" if row.amount is None else str(row.amount),
            "classification": self.classification.value,
            "leader": person(leaders[0]) if leaders else None,
            "presenter": "、".join(one.name for one in people_in(row.presenters)),
            "minutes": row.minutes,
        }
        unsaid = {name for name, column in _COLUMNS.items() if column not in row.line.labels}
        return said | {name: value for name, value in self.earlier.items() if name in unsaid}

    def content_for(self, writing: Writing) -> Mapping[str, Any]:
        """The same while it is written, when all people and units have their rows."""
        return self.content(lambda unit: writing.unit(unit).pk, lambda person: writing.person(person).pk)

    def keep_row(self, writing: Writing, item: Item, content: Mapping[str, Any]) -> None:
        """Every cell of the row, word for word, beside the draft it became."""
        LedgerItemRow.objects.create(
            committee=writing.actor.committee,
            item=item,
            ledger_import=writing.ledger_import,
            sheet=self.row.line.sheet,
            line=self.row.line.number,
            filed_on=self.row.filed,
            content=Sheet.from_json(content).to_json(),
            verbatim=self.row.line.pairs,
        )


@dataclass(frozen=True)
class _Start:
    """Starts the draft."""

    wanted: _Wanted

    def __call__(self, writing: Writing) -> None:
        content = self.wanted.content_for(writing)
        item = start_item(
            actor=writing.actor,
            unit=writing.unit(self.wanted.units[0]),
            content=content,
            imported_key=ledger_key(self.wanted.row),
        )
        self.wanted.keep_row(writing, item, content)


@dataclass(frozen=True)
class _Save:
    """Brings a draft nobody touched up to the ledger."""

    wanted: _Wanted
    item: Item
    revision: int

    def __call__(self, writing: Writing) -> None:
        content = self.wanted.content_for(writing)
        save_draft(actor=writing.actor, item=self.item, content=content, revision=self.revision)
        self.wanted.keep_row(writing, self.item, content)


def _matter(plan: Plan, row: AgendaRow) -> MatterKind | None:
    """The kind of matter; where two bodies have one of this name, that of the body the row goes to."""
    named = [matter for matter in plan.present.matters if matter.name == row.category]
    fitting = [matter for matter in named if row.body and matter.body_kind == row.body.value]
    return next(iter(fitting or named), None)


def _handling(plan: Plan, row: AgendaRow) -> Handling | None:
    if not row.manner:
        return Handling.DISCUSS
    said = {fold(word) for word in row.manner}
    for handling, words in _MANNERS.items():
        if said.intersection(words):
            return handling
    mend = "请写成“讨论”“票决”“听取”或者“传达学习”。"
    plan.find(row.line, "manner", Code.UNCLEAR_MANNER, "看不出拟议方式是讨论、票决还是听取。", mend)
    return None


def _classification(plan: Plan, row: AgendaRow) -> Classification | None:
    """What is classified higher is never entered here (rules.md §9)."""
    said = fold(row.classification)
    if is_blank_mark(said):
        return Classification.INTERNAL
    if said not in _CLASSES:
        cause = f"密级写的是“{row.classification}”，本系统只处理公开和内部的议题。"
        mend = "涉密议题请从台账中删去，按保密规定线下办理；密级写错的，请改为“公开”或“内部”。"
        plan.find(row.line, "classification", Code.CLASSIFIED, cause, mend)
        return None
    return _CLASSES[said]
