"""Names the subjects' models, so that Django finds them."""

from committee.bodies.models import Body, Seat, SeatState, Term
from committee.division.models import Division, DivisionChange, DivisionLine, DivisionUnit
from committee.roles.models import RoleAssignment
from committee.units.models import Unit

__all__ = [
    "Body",
    "Division",
    "DivisionChange",
    "DivisionLine",
    "DivisionUnit",
    "RoleAssignment",
    "Seat",
    "SeatState",
    "Term",
    "Unit",
]
