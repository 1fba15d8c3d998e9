"""Writes what was previewed: the whole workbook, or with findings the rows somebody chose; all of it or nothing."""

from collections import Counter
from collections.abc import Collection

from common import clock
from common.audit.log import audit
from common.files.store import read_file
from common.identity.actor import Actor
from common.services import Conflict, Refused, service
from common.workflow import demand_open, move
from desk.imports.drawing import draw_up
from desk.imports.models import LedgerImport
from desk.imports.plan import Entry, Plan, kind_label
from desk.imports.policies import demand_uploader
from desk.imports.workflow import ImportState
from desk.imports.writing import Writing

MOST_NAMED = 3


@service
def apply_import(*, actor: Actor, ledger_import: LedgerImport, chosen: Collection[str] | None = None) -> LedgerImport:
    """Enter the rows through the services of the register and the item store, in the name of who imports.

    `chosen` are keys of entries; without, all are written, which findings forbid. The plan is drawn up anew under
    lock and must be the one that was previewed, else Conflict and nothing is written.
    """
    locked = _lock_open_imports(ledger_import)
    demand_uploader(actor, locked)
    demand_open(locked, "apply")
    plan = draw_up(read_file(locked.file), actor=actor)
    if plan.to_json() != locked.plan or plan.findings_json() != locked.findings:
        raise Conflict("预览之后，系统里的数据已有变动（或者已到另一天），没有写入。请按重新生成的预览核对后再导入。")
    keys = _demand_rows(plan, chosen)
    writing = Writing(actor, plan.present, locked)
    counts: Counter[str] = Counter()
    for entry in plan.in_order(keys):
        _write(entry, writing)
        counts[f"{entry.kind.value}:{entry.doing.value}"] += 1
    locked.finished_at = clock.now()
    locked.result = {"counts": dict(counts), "written": sorted(keys)}
    locked.save(update_fields=["finished_at", "result"])
    move(locked, "apply", actor=actor)
    audit(actor, "apply_import", locked, file=locked.file.sha256, counts=dict(counts), chosen=chosen is not None)
    return locked


def _lock_open_imports(ledger_import: LedgerImport) -> LedgerImport:
    """All imports that wait are locked in order, so that of two at once the second sees what the first has written."""
    waiting = LedgerImport.objects.select_for_update(of=("self",)).order_by("pk")
    list(waiting.filter(state=ImportState.PREVIEWED).defer("plan", "findings"))
    return waiting.select_related("file", "uploaded_by").get(pk=ledger_import.pk)


def _demand_rows(plan: Plan, chosen: Collection[str] | None) -> set[str]:
    """The keys to write; refused where nothing is left, or a chosen row lacks what it needs."""
    may = set(plan.to_write)
    if chosen is None:
        if plan.findings:
            raise Refused(f"还有{len(plan.findings)}个问题，不能全部导入。请改正后重新上传，或者逐行选定要导入的行。")
        keys = may
    else:
        keys = set(chosen)
        if unknown := keys - may:
            raise Refused(f"选定的行里有{len(unknown)}行不能导入（无变动、有问题或者已不在预览里）。请重新选定。")
        _demand_needs(plan, keys)
    if not keys:
        raise Refused("没有要写入的行。台账里的内容系统里都已经有了，或者还没有选定要导入的行。")
    return keys


def _demand_needs(plan: Plan, keys: set[str]) -> None:
    by_key = {entry.key: entry for entry in plan.entries}
    for key in sorted(keys):
        missing = [by_key[need] for need in sorted(by_key[key].needs - keys)]
        if missing:
            named = "、".join(f"{one.place}（{one.label}）" for one in missing[:MOST_NAMED])
            raise Refused(f"{by_key[key].place}（{by_key[key].label}）要用到{named}，请一并选定，或者都不选。")


def _write(entry: Entry, writing: Writing) -> None:
    """One row; a refusal says which row it was."""
    if entry.write is None:
        raise TypeError(f"{entry.key} has nothing to write")
    try:
        entry.write(writing)
    except Conflict:
        raise
    except Refused as refusal:
        place = f"{kind_label(entry.kind)}{entry.place}（{entry.label}）"
        raise Refused(f"{place}没有写成，整份都没有写入：{refusal.message}") from refusal
