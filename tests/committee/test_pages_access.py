"""Every address of the floor × who asks: the whole committee reads, few write, other committees' rows do not exist."""

from datetime import date

import pytest

from committee.bodies.models import Body, Seat, SeatState, Term
from committee.division.models import Division, DivisionLine
from committee.division.services.draft_division import start_division
from committee.division.services.edit_line import add_line
from committee.register.services.keep_accounts import open_account
from committee.register.services.keep_seat_states import set_seat_state
from committee.roles.models import RoleAssignment
from committee.units.models import Unit
from common.audit.models import AuditEntry
from common.identity.models import Account, ActingFor, Person
from common.tenancy.scope import committee_scope
from tests.committee.windows import OF_ROWS, OPEN_TO_ALL, WITHOUT_ROWS, address, window
from tests.support.cast import District

DAY = date(2026, 9, 12)


def a_state(district: District, seat: Seat) -> SeatState:
    return set_seat_state(
        actor=district.administrator, seat=seat, kind="long_leave", counts_in_due=True, basis="批复", valid_from=DAY
    )


def rows_of(district: District, clerk: str) -> dict[type, object]:
    """One row of each kind of this committee, a draft division among them."""
    with committee_scope(district.committee.pk):
        draft = start_division(actor=district.actor(clerk), title="草稿")
        line = add_line(actor=district.actor(clerk), division=draft, person=district.person(clerk))
        seat = Seat.objects.of_body(Body.Kind.STANDING).last()
        acting = ActingFor.objects.first()
        return {
            Body: Body.objects.get(kind=Body.Kind.STANDING),
            Seat: seat,
            SeatState: a_state(district, seat),
            Term: Term.objects.get(),
            Unit: Unit.objects.first(),
            Person: seat.person,
            RoleAssignment: RoleAssignment.objects.get(role="office_director"),
            ActingFor: acting,
            Account: acting.account,
            Division: draft,
            DivisionLine: line,
        }


@pytest.fixture
def foreign(district: District, neighbour: District) -> dict[type, object]:
    """Rows of the neighbour, whose 秦朗 has a login there."""
    with committee_scope(neighbour.committee.pk):
        open_account(
            actor=neighbour.administrator,
            person=neighbour.person("秦朗"),
            username="chengjiang",
            password="qingning-2026-11",
        )
    return rows_of(neighbour, "杜衡")


def test_rows_of_another_committee_do_not_exist_here(foreign: dict[type, object]) -> None:
    before = AuditEntry.everywhere.count()
    for username in ("mishuke", "admin", "shuji"):
        own = window(username)
        for kind, names in OF_ROWS.items():
            for name in names:
                url = address(name, foreign[kind].pk)
                assert own.get(url).status_code == 404, (username, name)
                assert own.post(url).status_code in (404, 405), (username, name)
        for name, kind in (("division_line_save", DivisionLine), ("division_line_remove", DivisionLine),
                           ("division_order", Division), ("account_unlock", Account)):  # fmt: skip
            assert own.post(address(name, foreign[kind].pk)).status_code == 404, (username, name)
    sheet = address("division_leader_paper", foreign[Division].pk, foreign[Person].pk)
    assert window("mishuke").get(sheet).status_code == 404
    assert AuditEntry.everywhere.count() == before


def test_the_whole_committee_reads_and_nobody_else_writes(district: District) -> None:
    """林知微 heads a unit: she reads what is open to all; every page that writes turns her away, unchanged."""
    rows = rows_of(district, "周予安")
    rows[Division] = Division.objects.get(state="in_force")
    before = AuditEntry.objects.count()
    own = window("jiaotiju")
    for name in (*WITHOUT_ROWS, *(name for names in OF_ROWS.values() for name in names)):
        if name == "division_paper":
            continue  # asking for a paper is open to all, and is an act of its own
        args = [rows[kind].pk for kind, names in OF_ROWS.items() if name in names]
        status = own.get(address(name, *args)).status_code
        assert status == 200 if name in OPEN_TO_ALL else status in (404, 409), (name, status)
        if name not in OPEN_TO_ALL:
            assert own.post(address(name, *args), {"confirmed": "1"}).status_code in (404, 405, 409), name
    assert AuditEntry.objects.count() == before


def test_drafts_are_the_office_s_alone(district: District) -> None:
    draft = rows_of(district, "周予安")[Division]
    for name in ("division_detail", "division_excel", "division_paper", "division_edit"):
        assert window("shuji").get(address(name, draft.pk)).status_code == 404, name
        assert window("zhuren").get(address(name, draft.pk)).status_code in (200, 202), name


def test_logins_exist_for_the_administrator_alone(district: District) -> None:
    for username in ("mishuke", "zhuren", "shuji"):
        own = window(username)
        assert own.get(address("accounts")).status_code == 404
        assert "账号" not in own.get(address("overview")).content.decode()
    assert window("admin").get(address("accounts")).status_code == 200


@pytest.mark.parametrize("name", [*WITHOUT_ROWS, *(name for names in OF_ROWS.values() for name in names)])
def test_every_page_opens_for_who_keeps_it(district: District, name: str) -> None:
    rows = rows_of(district, "周予安")
    username = "admin" if name.startswith(("account", "calendar_p")) else "mishuke"
    args = [rows[kind].pk for kind, names in OF_ROWS.items() if name in names]
    assert window(username).get(address(name, *args)).status_code in (200, 202)


def test_strangers_are_sent_to_the_login(district: District, client) -> None:
    assert client.get(address("overview"))["Location"].startswith("/login/")
