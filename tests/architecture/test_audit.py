"""No write without a trace: the decorator of services demands the audit row, and nothing writes past it.

Each service is called somewhere in the tests, and so has been asked; here it is tried that the asking works.
"""

import re
from pathlib import Path

import pytest

from agenda.items.models import Attachment, Item
from agenda.items.services.advance_item import advance_item
from agenda.meetings.models import Meeting
from agenda.meetings.services.read_paper import read_paper
from committee.bodies.models import Seat
from committee.register.services.keep_seats import rank_seat
from common.audit.log import audit
from common.audit.models import AuditEntry
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import nothing_to_do, service
from tests.architecture.office_story import Office
from tests.architecture.test_services import services
from tests.support.cast import District

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("common", "committee", "agenda", "decisions", "oversight", "desk")
HOLDS_ITS_SERVICE = "common/web/account_views.py"  # one's own password and large type
TESTS = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
WRITING = re.compile(r"\.(?:save|create|get_or_create|update_or_create|bulk_create|bulk_update|update|delete)\(")


@service
def rename_quietly(*, actor: Actor, person: Person) -> None:
    """A service that forgets its audit row."""
    Person.objects.filter(pk=person.pk).update(name="无名")


@service
def rename_openly(*, actor: Actor, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(name="有名")
    audit(actor, "rename", person)


@service
def look_and_leave(*, actor: Actor) -> None:
    """Finds nothing to do and says so."""
    nothing_to_do()


def test_a_service_without_an_audit_row_is_an_error_and_writes_nothing(district: District) -> None:
    person = district.person("夏知秋")
    with pytest.raises(AssertionError, match="rename_quietly wrote without an audit row"):
        rename_quietly(actor=district.office, person=person)
    assert Person.objects.get(pk=person.pk).name == "夏知秋"


def test_the_audit_row_says_who_did_what_to_whom_and_from_where(district: District) -> None:
    person = district.person("夏知秋")
    rename_openly(actor=district.office, person=person)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.person, entry.verb, entry.subject_id, entry.source) == (
        district.office.person, "rename", person.pk, "测试",
    )  # fmt: skip


def test_an_earlier_audit_row_does_not_cover_a_later_service(district: District) -> None:
    person = district.person("夏知秋")
    rename_openly(actor=district.office, person=person)
    with pytest.raises(AssertionError):
        rename_quietly(actor=district.office, person=person)


def test_who_finds_nothing_to_do_leaves_no_row(district: District) -> None:
    before = AuditEntry.objects.count()
    look_and_leave(actor=district.office)
    assert AuditEntry.objects.count() == before


def test_no_page_writes_past_the_services() -> None:
    files = {
        path
        for floor in FLOORS
        for path in (ROOT / floor).rglob("*.py")
        if "/views" in str(path) or "_views" in path.stem
    }
    assert len(files) > 30
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted(files - {ROOT / HOLDS_ITS_SERVICE})
        for line in path.read_text(encoding="utf-8").splitlines()
        if WRITING.search(line)
    ]
    assert found == []


def test_small_services_that_others_call_leave_their_row(office: Office, district: District) -> None:
    seat = Seat.objects.get(pk=office.rows["seat"])
    rank_seat(actor=district.office, seat=seat, rank_order=99)
    meeting, paper = (
        Meeting.objects.get(pk=office.rows["meeting"]),
        Attachment.objects.get(pk=office.rows["attachment"]),
    )
    read_paper(actor=district.mayor, meeting=meeting, attachment=paper)
    assert list(AuditEntry.objects.order_by("-pk").values_list("verb", flat=True)[:2]) == ["read_paper", "rank_seat"]
    before = AuditEntry.objects.count()
    advance_item(actor=district.office, item=Item.objects.get(pk=office.rows["item"]))  # has been heard: nothing to do
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("name", [name for name, _ in services()])
def test_each_service_is_tried_and_so_has_been_asked_for_its_row(name: str) -> None:
    """By its own name, in a test or in the story of one."""
    verb = name.rsplit(".", 1)[-1]
    assert re.search(rf"\b{verb}\b", TESTS), f"no test names {verb}"
