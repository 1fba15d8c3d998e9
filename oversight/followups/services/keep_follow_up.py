"""Takes over a matter of the office's 督办台账, and brings it up to a later ledger."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from committee.register.entering import check
from committee.register.policies import demand_keeper
from committee.units.models import Unit
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import service
from oversight.followups.models import LedgerCoUnit, LedgerFollowUp

FIELDS = (
    "number", "title", "source", "leader", "opened_on", "due_on", "progress", "latest", "problems", "status",
    "verbatim",
)  # fmt: skip


@dataclass(frozen=True)
class FollowUpInput:
    """A row of the ledger; the first of `lead_units` is the one that answers. `verbatim` is the row word for word."""

    title: str
    lead_units: list[Unit]
    number: str = ""
    source: str = ""
    leader: Person | None = None
    co_units: list[Unit] = field(default_factory=list)
    opened_on: date | None = None
    due_on: date | None = None
    progress: Decimal | None = None
    latest: str = ""
    problems: str = ""
    status: str = ""
    verbatim: list[list[str]] = field(default_factory=list)


@service
def enter_follow_up(*, actor: Actor, ledger_key: str, given: FollowUpInput) -> LedgerFollowUp:
    """Keep a matter that the register does not have; `ledger_key` names it in later ledgers."""
    demand_keeper(actor)
    follow_up = LedgerFollowUp(committee=actor.committee, ledger_key=ledger_key, imported_at=clock.now())
    _fill(follow_up, given)
    audit(actor, "enter_follow_up", follow_up, number=given.number)
    return follow_up


@service
def correct_follow_up(*, actor: Actor, follow_up: LedgerFollowUp, given: FollowUpInput) -> LedgerFollowUp:
    """What a later ledger says of the matter; the log keeps the row as it stood."""
    follow_up = LedgerFollowUp.objects.select_for_update().get(pk=follow_up.pk)
    demand_keeper(actor)
    before = follow_up.verbatim
    _fill(follow_up, given)
    audit(actor, "correct_follow_up", follow_up, before=before, after=given.verbatim)
    return follow_up


def _fill(follow_up: LedgerFollowUp, given: FollowUpInput) -> None:
    for name in FIELDS:
        setattr(follow_up, name, getattr(given, name))
    follow_up.lead_unit = given.lead_units[0] if given.lead_units else None
    check(follow_up)
    follow_up.save()
    follow_up.co_units.all().delete()
    others = [(unit, True) for unit in given.lead_units[1:]] + [(unit, False) for unit in given.co_units]
    LedgerCoUnit.objects.bulk_create(
        LedgerCoUnit(
            committee_id=follow_up.committee_id, follow_up=follow_up, unit=unit, leads=leads, position=position
        )
        for position, (unit, leads) in enumerate(others, start=1)
    )
