"""Uploads a workbook and keeps what importing it would do."""

from common import clock
from common.audit.log import audit
from common.files.store import read_file, store_file
from common.identity.actor import Actor
from common.services import Refused, service
from desk.imports.drawing import draw_up
from desk.imports.models import LedgerImport
from desk.imports.plan import Plan
from desk.imports.policies import demand_importer, demand_uploader
from desk.imports.workflow import ImportState


@service
def preview_import(*, actor: Actor, data: bytes, name: str) -> LedgerImport:
    """Read the file and keep it with its findings and its plan; nothing of it is entered yet.

    A file that cannot be read as a whole is refused and not kept.
    """
    demand_importer(actor)
    plan = draw_up(data, actor=actor)
    ledger_import = LedgerImport.objects.create(
        committee=actor.committee,
        file=store_file(data, name, actor=actor),
        findings=plan.findings_json(),
        plan=plan.to_json(),
        uploaded_by=actor.person,
        uploaded_at=clock.now(),
    )
    audit(actor, "preview_import", ledger_import, figures=_figures(plan))
    return ledger_import


@service
def renew_preview(*, actor: Actor, ledger_import: LedgerImport) -> LedgerImport:
    """Draw the plan up anew: the register has changed since, or another day has come."""
    ledger_import = LedgerImport.objects.select_for_update().get(pk=ledger_import.pk)
    demand_uploader(actor, ledger_import)
    if ledger_import.state != ImportState.PREVIEWED:
        raise Refused(f"「{ledger_import}」{ledger_import.get_state_display()}，不能再预览。需要的请重新上传。")
    plan = draw_up(read_file(ledger_import.file), actor=actor)
    ledger_import.findings, ledger_import.plan = plan.findings_json(), plan.to_json()
    ledger_import.save(update_fields=["findings", "plan"])
    audit(actor, "renew_preview", ledger_import, figures=_figures(plan))
    return ledger_import


def _figures(plan: Plan) -> dict[str, int]:
    return {"rows": len(plan.entries), "to_write": len(plan.to_write), "findings": len(plan.findings)}
