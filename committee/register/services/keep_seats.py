"""Gives seats, ends and voids them; what becomes of their states with them."""

from datetime import date
from typing import Any

from committee.bodies.models import Body, Seat, SeatState, Term
from committee.register.entering import check, end, enter, locked, void
from committee.register.policies import demand_keeper
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, nothing_to_do, service
from common.web.formats import cn_full_date


@service
def seat_person(
    *,
    actor: Actor,
    body: Body,
    term: Term,
    person: Person,
    kind: str,
    valid_from: date,
    valid_to: date | None = None,
    **fields: Any,
) -> Seat:
    """Give a person a seat from a day; the database refuses overlap, a second 书记 and days out of the term."""
    demand_keeper(actor)
    _within_term(term, valid_from, "valid_from")
    if valid_to:
        _within_term(term, valid_to, "valid_to")
    if person.merged_into_id:
        raise Refused(f"「{person}」已并入他人，请在保留的那一位名下登记。", field="person")
    seat = Seat(
        committee=actor.committee,
        body=body,
        term=term,
        person=person,
        kind=kind,
        valid_from=valid_from,
        valid_to=valid_to,
        recorded_at=clock.now(),
        **fields,
    )
    return enter(actor, "seat_person", seat)


@service
def end_seat(*, actor: Actor, seat: Seat, last_day: date) -> Seat:
    """The last day of a seat; states that would last longer end with it, later ones are voided."""
    seat = locked(seat)
    demand_keeper(actor)
    _within_term(seat.term, last_day, "valid_to")
    for state in _states(seat):
        if state.valid_from > last_day:
            void(actor, "void_seat_state", state, "席位在此之前已终止")
        elif state.valid_to is None or state.valid_to > last_day:
            end(actor, "end_seat_state", state, last_day)
    return end(actor, "end_seat", seat, last_day)


@service
def rank_seat(*, actor: Actor, seat: Seat, rank_order: int) -> Seat:
    """The seat's place in the office's order; it is no fact with days, so it is corrected in place."""
    seat = locked(seat)
    demand_keeper(actor)
    before, seat.rank_order = seat.rank_order, rank_order
    if before == rank_order:
        nothing_to_do()
        return seat
    check(seat, constraints=False)
    seat.save(update_fields=["rank_order"])
    audit(actor, "rank_seat", seat, before=before, after=rank_order)
    return seat


@service
def void_seat(*, actor: Actor, seat: Seat, reason: str) -> Seat:
    """A seat entered by mistake, with its states."""
    seat = locked(seat)
    demand_keeper(actor)
    for state in _states(seat):
        void(actor, "void_seat_state", state, reason)
    return void(actor, "void_seat", seat, reason)


def _states(seat: Seat) -> list[SeatState]:
    return list(SeatState.objects.standing().select_for_update().filter(seat=seat).order_by("pk"))


def _within_term(term: Term, day: date, field: str) -> None:
    if not term.starts_on <= day <= term.last_day:
        days = f"{cn_full_date(term.starts_on)}至{cn_full_date(term.last_day)}"
        raise Refused(f"{cn_full_date(day)}不在{term}（{days}）之内，请核对日期或届次。", field=field)
