"""Adds units, terms, seats, states of seats and roles; ends and voids them. What is wrong is voided, never edited."""

from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from committee.bodies.models import Body, Seat, SeatState, Term
from committee.register.policies import demand_keeper
from committee.roles.models import RoleAssignment
from committee.units.models import Unit
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service
from common.tenancy.dated import DatedRow

Row = TypeVar("Row", bound=models.Model)


@service
def add_unit(*, actor: Actor, short_name: str, full_name: str, kind: str, valid_from: date, **fields: Any) -> Unit:
    """Enter a unit with the day from which it exists."""
    demand_keeper(actor)
    unit = Unit(
        committee=actor.committee,
        short_name=short_name,
        full_name=full_name,
        kind=kind,
        valid_from=valid_from,
        recorded_at=clock.now(),
        **fields,
    )
    return _enter(actor, "add_unit", unit)


@service
def correct_unit(*, actor: Actor, unit: Unit, **fields: Any) -> Unit:
    """Correct telephone or order; a new name is a new unit with this one as predecessor."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    demand_keeper(actor)
    if unknown := fields.keys() - {"phone", "rank_order", "kind"}:
        raise TypeError(f"a unit's {sorted(unknown)} cannot be corrected in place")
    for field, value in fields.items():
        setattr(unit, field, value)
    unit.full_clean(exclude=["committee"], validate_constraints=False)
    unit.save(update_fields=list(fields))
    audit(actor, "correct_unit", unit, **fields)
    return unit


@service
def add_term(*, actor: Actor, number: int, starts_on: date, ends_on: date) -> Term:
    """Enter a 届."""
    demand_keeper(actor)
    return _enter(
        actor, "add_term", Term(committee=actor.committee, number=number, starts_on=starts_on, ends_on=ends_on)
    )


@service
def extend_term(*, actor: Actor, term: Term, extended_to: date, basis: str) -> Term:
    """延期换届: a later last day with its basis."""
    term = Term.objects.select_for_update().get(pk=term.pk)
    demand_keeper(actor)
    term.extended_to, term.extension_basis = extended_to, basis
    term.full_clean(exclude=["committee"])
    term.save(update_fields=["extended_to", "extension_basis"])
    audit(actor, "extend_term", term, extended_to=extended_to.isoformat(), basis=basis)
    return term


@service
def seat_person(
    *, actor: Actor, body: Body, term: Term, person: Person, kind: str, valid_from: date, **fields: Any
) -> Seat:
    """Give a person a seat from a day; the database refuses overlap, a second 书记 and days out of the term."""
    demand_keeper(actor)
    if not term.starts_on <= valid_from <= term.last_day:
        raise Refused(
            f"任职日 {valid_from} 不在{term}（{term.starts_on} 至 {term.last_day}）之内，请核对日期或届次。",
            field="valid_from",
        )
    seat = Seat(
        committee=actor.committee,
        body=body,
        term=term,
        person=person,
        kind=kind,
        valid_from=valid_from,
        recorded_at=clock.now(),
        **fields,
    )
    return _enter(actor, "seat_person", seat)


@service
def set_seat_state(
    *,
    actor: Actor,
    seat: Seat,
    kind: str,
    counts_in_due: bool,
    basis: str,
    valid_from: date,
    valid_to: date | None = None,
) -> SeatState:
    """挂职, 停职, 长期请假: whether the seat counts in 应到 meanwhile, with the basis."""
    demand_keeper(actor)
    state = SeatState(
        committee=actor.committee,
        seat=seat,
        kind=kind,
        counts_in_due=counts_in_due,
        basis=basis,
        valid_from=valid_from,
        valid_to=valid_to,
        recorded_at=clock.now(),
    )
    return _enter(actor, "set_seat_state", state)


@service
def assign_role(
    *, actor: Actor, person: Person, role: str, valid_from: date, unit: Unit | None = None, basis: str = ""
) -> RoleAssignment:
    """Give a person a role from a day, for a unit where the role is one of a unit."""
    demand_keeper(actor)
    assignment = RoleAssignment(
        committee=actor.committee,
        person=person,
        role=role,
        unit=unit,
        basis=basis,
        valid_from=valid_from,
        recorded_at=clock.now(),
    )
    return _enter(actor, "assign_role", assignment)


@service
def end_row(*, actor: Actor, row: DatedRow, last_day: date) -> DatedRow:
    """Give a seat, role, state or unit its last day."""
    row = type(row).objects.select_for_update().get(pk=row.pk)
    demand_keeper(actor)
    if row.voided_at:
        raise Refused("这一行已经作废，不能再写止日。")
    if last_day < row.valid_from:
        raise Refused(f"止日不能早于起日 {row.valid_from}。", field="valid_to")
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    audit(actor, "end_row", row, last_day=last_day.isoformat())
    return row


@service
def void_row(*, actor: Actor, row: DatedRow, reason: str) -> DatedRow:
    """A row entered by mistake: it stays visible as voided and counts no more."""
    row = type(row).objects.select_for_update().get(pk=row.pk)
    demand_keeper(actor)
    if row.voided_at:
        raise Refused("这一行已经作废。")
    if not reason.strip():
        raise Refused("作废须写明理由。", field="reason")
    row.voided_at, row.void_reason = clock.now(), reason.strip()
    row.save(update_fields=["voided_at", "void_reason"])
    audit(actor, "void_row", row, reason=reason)
    return row


def _enter(actor: Actor, verb: str, row: Row) -> Row:
    """Check shape and constraints (their messages are Chinese), write, log."""
    try:
        row.full_clean(exclude=["committee"])
    except ValidationError as error:
        raise Refused("；".join(error.messages)) from error
    row.save()
    audit(actor, verb, row)
    return row
