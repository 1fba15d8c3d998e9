"""Enters 挂职, 停职, 长期请假 of a seat, ends and voids them."""

from datetime import date

from committee.bodies.models import Seat, SeatState
from committee.register.entering import end, enter, locked, void
from committee.register.policies import demand_keeper
from common import clock
from common.identity.actor import Actor
from common.services import Refused, service
from common.web.formats import cn_full_date


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
    """挂职, 停职, 长期请假: whether the seat counts in 应到 meanwhile, with the basis (rules.md §2)."""
    seat = locked(seat)
    demand_keeper(actor)
    last = seat.valid_to or date.max
    if not seat.valid_from <= valid_from <= last or (valid_to or seat.valid_from) > last:
        until = f"至{cn_full_date(seat.valid_to)}" if seat.valid_to else "至今"
        raise Refused(f"状态的日期须在席位的起止日（{cn_full_date(seat.valid_from)}{until}）之内。", field="valid_from")
    state = SeatState(
        committee=actor.committee,
        seat=seat,
        kind=kind,
        counts_in_due=counts_in_due,
        basis=basis,
        valid_from=valid_from,
        valid_to=valid_to if valid_to or not seat.valid_to else seat.valid_to,
        recorded_at=clock.now(),
    )
    return enter(actor, "set_seat_state", state)


@service
def end_seat_state(*, actor: Actor, state: SeatState, last_day: date) -> SeatState:
    """The last day of a state: from the next day the seat is an ordinary one."""
    state = locked(state)
    demand_keeper(actor)
    if state.seat.valid_to and last_day > state.seat.valid_to:
        raise Refused(f"席位于 {cn_full_date(state.seat.valid_to)} 终止，状态不能晚于这一天。", field="valid_to")
    return end(actor, "end_seat_state", state, last_day)


@service
def void_seat_state(*, actor: Actor, state: SeatState, reason: str) -> SeatState:
    """A state entered by mistake."""
    state = locked(state)
    demand_keeper(actor)
    return void(actor, "void_seat_state", state, reason)
