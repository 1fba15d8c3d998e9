"""Gives a previewed import up."""

from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import service
from common.workflow import move
from desk.imports.models import LedgerImport
from desk.imports.policies import demand_uploader


@service
def drop_import(*, actor: Actor, ledger_import: LedgerImport) -> LedgerImport:
    """Nothing of it was entered; the file and its findings stay to be looked up."""
    ledger_import = LedgerImport.objects.select_for_update().get(pk=ledger_import.pk)
    demand_uploader(actor, ledger_import)
    move(ledger_import, "drop", actor=actor)
    ledger_import.finished_at = clock.now()
    ledger_import.save(update_fields=["finished_at"])
    audit(actor, "drop_import", ledger_import)
    return ledger_import
