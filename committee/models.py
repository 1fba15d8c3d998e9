"""Names the subjects' models, so that Django finds them."""

from committee.bodies.models import Body, BodyPlaces, Seat, SeatState, Term
from committee.division.models import Division, DivisionChange, DivisionLine, DivisionUnit
from committee.roles.models import RoleAssignment
from committee.units.models import Unit

__all__ = [
    "Body",
    "BodyPlaces",
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
