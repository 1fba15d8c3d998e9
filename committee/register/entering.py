"""How a row of the register is checked and written: the constraints' own Chinese sentences become the refusal."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from common import clock
from common.audit.log import audit
from common.audit.models import AuditEntry
from common.identity.actor import Actor
from common.records.canonical import canonical_bytes, sha256_hex
from common.services import Conflict, Refused
from common.tenancy.dated import DatedRow
from common.web.formats import cn_datetime, cn_full_date

Row = TypeVar("Row", bound=models.Model)
Dated = TypeVar("Dated", bound=DatedRow)


def check(row: models.Model, *, constraints: bool = True) -> None:
    """Refuse what the fields or constraints of the row do not admit, at the field where it is one field's fault."""
    try:
        row.full_clean(validate_constraints=constraints)
    except ValidationError as error:
        fields = list(error.message_dict)
        field = fields[0] if len(fields) == 1 and fields[0] != "__all__" else None
        raise Refused("；".join(error.messages), field=field) from error


def seen_of(row: models.Model, fields: Iterable[str]) -> str:
    """What a page shows of a row, as a digest that its form carries back."""
    return sha256_hex(canonical_bytes({field: getattr(row, field) for field in fields}))


def demand_as_seen(row: models.Model, fields: Iterable[str], seen: str | None) -> None:
    """Of two editors the second is told; `seen` is None where no page was shown (an import). The row is locked."""
    if seen is None or seen == seen_of(row, fields):
        return
    last = AuditEntry.objects.filter(subject_kind=row._meta.label_lower, subject_id=row.pk).order_by("-pk").first()
    who = f"{last.person_name}于{cn_datetime(last.at, clock.today())}" if last else "另有人"
    raise Conflict(f"您打开之后，{who}改过「{row}」，您的改动没有写入。请返回重新打开，核对后再改。", theirs=row)


def enter(actor: Actor, verb: str, row: Row) -> Row:
    """Check, write, log."""
    check(row)
    row.save()
    audit(actor, verb, row)
    return row


def locked(row: Dated) -> Dated:
    """The row as it stands, locked; a voided one takes no more changes."""
    found: Dated = type(row).objects.select_for_update().get(pk=row.pk)
    if found.voided_at:
        raise Refused(f"「{found}」已经作废，不能再改。如需要，请重新登记。")
    return found


def end(actor: Actor, verb: str, row: Dated, last_day: date) -> Dated:
    """Give a locked row its last day, or correct it, and log what stood before."""
    if last_day < row.valid_from:
        raise Refused(f"止日不能早于起日 {cn_full_date(row.valid_from)}。", field="valid_to")
    before, row.valid_to = row.valid_to, last_day
    check(row)
    row.save(update_fields=["valid_to"])
    audit(actor, verb, row, last_day=last_day.isoformat(), before=before and before.isoformat())
    return row


def void(actor: Actor, verb: str, row: Dated, reason: str) -> Dated:
    """Take a locked row out: it stays visible as voided and counts no more."""
    if not reason.strip():
        raise Refused("作废须写明理由。", field="reason")
    row.voided_at, row.void_reason = clock.now(), reason.strip()
    row.save(update_fields=["voided_at", "void_reason"])
    audit(actor, verb, row, reason=row.void_reason)
    return row
