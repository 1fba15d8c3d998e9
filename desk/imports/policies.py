"""Who may import, see and carry out an import. Rows about cadres are for the one who uploaded them alone."""

from typing import Any

from django.db.models import QuerySet

from committee.register.policies import may_keep_register
from common.identity.actor import Actor
from common.services import NotAllowed
from desk.imports.models import LedgerImport


def may_import(actor: Actor) -> bool:
    """秘书科, the director of the general office and the administrator."""
    return may_keep_register(actor)


def demand_importer(actor: Actor) -> None:
    if not may_import(actor):
        raise NotAllowed("台账由区委办秘书科导入。请把工作簿交给秘书科办理。")


def demand_uploader(actor: Actor, ledger_import: LedgerImport) -> None:
    """Whoever was shown the preview carries it out; anybody else uploads the file and sees a preview of their own."""
    demand_importer(actor)
    if ledger_import.uploaded_by != actor.person:
        name = ledger_import.uploaded_by.name
        raise NotAllowed(f"这份预览由{name}上传，由{name}办理。需要您导入的，请重新上传文件。")


def visible_to(actor: Actor) -> QuerySet[LedgerImport]:
    """Imports of the committee, for those who may import."""
    if not may_import(actor):
        return LedgerImport.objects.none()
    return LedgerImport.objects.select_related("file", "uploaded_by")


def sees_all_of(actor: Actor, ledger_import: LedgerImport) -> bool:
    """Whether also its rows about cadres, and the file that holds them, are open to the actor."""
    return ledger_import.uploaded_by == actor.person or not any(map(_is_cadre, ledger_import.plan["entries"]))


def entries_for(actor: Actor, ledger_import: LedgerImport) -> list[dict[str, Any]]:
    """The rows of the plan that the actor may read."""
    entries: list[dict[str, Any]] = ledger_import.plan["entries"]
    return entries if sees_all_of(actor, ledger_import) else [entry for entry in entries if not _is_cadre(entry)]


def findings_for(actor: Actor, ledger_import: LedgerImport) -> list[dict[str, Any]]:
    """The findings that the actor may read: none of a row about cadres."""
    findings: list[dict[str, Any]] = ledger_import.findings
    if sees_all_of(actor, ledger_import):
        return findings
    hidden = {(e["sheet"], line) for e in ledger_import.plan["entries"] if _is_cadre(e) for line in e["lines"]}
    return [found for found in findings if not hidden.intersection((found["sheet"], line) for line in found["lines"])]


def _is_cadre(entry: dict[str, Any]) -> bool:
    return bool(entry["cadre"])
