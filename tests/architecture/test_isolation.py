"""Committees in one database never see each other: every address × another committee's rows is 404.

The neighbour's 书记 holds every role there is; to her 云川区委 has a row of every kind (office_story). What opens these
rows for its own people is the table of test_roles.
"""

import pytest
from django.test import Client

from committee.division.services.draft_division import start_division
from committee.roles.models import UNIT_ROLES, Role, RoleAssignment
from common import clock
from common.tenancy.scope import committee_scope
from tests.architecture.office_story import OTHER, PK_IS, Office, addresses
from tests.architecture.traces import changed, traces
from tests.support.cast import District
from tests.support.meetings import planned_meeting
from tests.support.stories import filed_item

ADDRESSES = addresses().values()
NAMING_ROWS = [one for one in ADDRESSES if one.rows]
WITHOUT_ROWS = [one for one in ADDRESSES if not one.kwargs]
NOT_THERE, NO_SUCH_METHOD = 404, 405
OURS = ("云川", "城东学校", "沈砚清", "林知微")


@pytest.fixture
def stranger(neighbour: District, now_signed: None) -> Client:
    """The neighbour's 书记, who holds every role of the general office, the reviewers and the administrator besides."""
    mighty = neighbour.person("秦朗")
    with committee_scope(neighbour.committee.pk):
        RoleAssignment.objects.filter(role=Role.OFFICE_DIRECTOR).update(voided_at=clock.now())
        for role in set(Role) - set(UNIT_ROLES):
            RoleAssignment.objects.create(
                committee=neighbour.committee,
                person=mighty,
                role=role,
                valid_from="2026-09-01",
                recorded_at=clock.now(),
            )
    return neighbour.client(mighty.name)


@pytest.fixture
def own(neighbour: District) -> dict[str, int]:
    """What the neighbour has itself: an item, a planned meeting, a draft division."""
    clerk = neighbour.actor("杜衡")
    with committee_scope(neighbour.committee.pk):
        item = filed_item(neighbour, attendants=(), presenter="夏知秋", leader="卓玛央金")
        meeting = planned_meeting(neighbour, at="2026-12-10 09:00", actor=clerk, place="县委会议室")
        division = start_division(actor=clerk, title="分工草稿")
    return {"item": item.pk, "meeting": meeting.pk, "division": division.pk}


def not_hidden(stranger: Client, path: str) -> list[str]:
    """What is wrong with the answers to this person, one by reading and one by writing."""
    answers = [stranger.get(path).status_code, stranger.post(path).status_code]
    hidden = NOT_THERE in answers and set(answers) <= {NOT_THERE, NO_SUCH_METHOD}
    return [] if hidden else [f"{path} {answers}"]


def test_every_address_and_every_row_of_the_story_is_known(office: Office) -> None:
    assert set(office.rows) == set(PK_IS.values()) | set(OTHER.values())
    for address in ADDRESSES:
        address.to(office.rows)
    assert len(NAMING_ROWS) > 120


def test_no_address_leads_to_a_row_of_another_committee(office: Office, stranger: Client) -> None:
    before = traces()
    assert [wrong for one in NAMING_ROWS for wrong in not_hidden(stranger, one.to(office.rows))] == []
    assert changed(before) == set()


def test_no_row_of_another_committee_hides_behind_one_of_ones_own(
    office: Office, stranger: Client, own: dict[str, int]
) -> None:
    """/items/12/papers/7/ where 12 is one's own and 7 another committee's."""
    behind = [one for one in NAMING_ROWS if len(one.rows) > 1]
    assert len(behind) > 10
    assert {stranger.get(f"/{kind}s/{own[kind]}/").status_code for kind in ("item", "meeting")} == {200}
    before = traces()
    for address in behind:
        first, *others = address.rows.values()
        rows = {name: office.rows[name] for name in others} | {first: own[first]}
        assert not_hidden(stranger, address.to(rows)) == []
    assert changed(before) == set()


def test_no_page_names_anybody_or_anything_of_another_committee(office: Office, stranger: Client) -> None:
    for address in WITHOUT_ROWS:
        if address.name == "style":  # shows the parts of a page with made-up words, in demo and tests alone
            continue
        shown = stranger.get(address.to({}), {"q": "关于"}, follow=True).content.decode(errors="ignore")
        assert [word for word in OURS if word in shown] == [], address.name
