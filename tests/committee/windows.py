"""Windows of the cast for tests of pages, and every address of the floor by the row it names."""

from django.test import Client
from django.urls import reverse

from committee.bodies.models import Body, Seat, SeatState, Term
from committee.division.models import Division, DivisionLine
from committee.roles.models import RoleAssignment
from committee.units.models import Unit
from common.identity.models import Account, ActingFor, Person


def window(username: str) -> Client:
    """A browser window of one who is signed in."""
    client = Client()
    client.force_login(Account.objects.get(username=username), "django.contrib.auth.backends.ModelBackend")
    return client


def text(answer: object) -> str:
    return answer.content.decode()


# Addresses that name a row, by what the row is.
OF_ROWS = {
    Body: ("body", "body_places", "seat_new"),
    Seat: ("seat", "seat_end", "seat_void", "seat_state"),
    SeatState: ("seat_state_end", "seat_state_void"),
    Term: ("term_extend",),
    Unit: ("unit", "unit_edit", "unit_rename", "unit_end", "unit_void"),
    Person: (
        "person", "person_edit", "person_merge", "account_open", "account_share", "account_delegate", "division_leader",
    ),
    RoleAssignment: ("role_end", "role_void"),
    ActingFor: ("account_end",),
    Account: ("account_password",),
    Division: (
        "division_detail", "division_excel", "division_paper", "division_edit", "division_compare", "division_adopt",
        "division_drop",
    ),
    DivisionLine: ("division_line",),
}  # fmt: skip
WITHOUT_ROWS = (
    "overview", "terms", "term_new", "units", "units_excel", "unit_new", "people", "people_excel", "person_new",
    "roles", "role_new", "accounts", "calendar", "calendar_publish", "division", "division_history", "division_new",
)  # fmt: skip
# Pages that everybody of the committee may read.
OPEN_TO_ALL = (
    "overview", "body", "seat", "terms", "units", "units_excel", "unit", "people", "people_excel", "person", "roles",
    "calendar", "division", "division_history", "division_leader", "division_detail", "division_excel",
)  # fmt: skip


def address(name: str, *args: object) -> str:
    return reverse(f"committee:{name}", args=args)
