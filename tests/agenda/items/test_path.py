"""城东学校 from the first word to 待上会, and an item that is only heard."""

from agenda.items.models import Clearance
from agenda.items.workflow import ItemState
from tests.support import stories
from tests.support.cast import District


def test_the_school_goes_from_draft_to_ready(district: District) -> None:
    item = stories.drafted_item(district)
    assert item.state == ItemState.DRAFT
    item = stories.ready_item(district)
    assert item.state == ItemState.READY
    clearance = Clearance.objects.get(item=item)
    assert clearance.digest == item.current_version.digest
    assert [change.target for change in item.changes.all()] == ["submitted", "vetting", "signing", "ready"]
    assert [s.step.office for s in item.signatures.order_by("pk")] == [
        "unit_head", "leader_in_charge", "mayor", "office_director", "secretary",
    ]  # fmt: skip
    assert str(item.number) == "〔2026〕1号"


def test_a_heard_item_needs_signatures_only(district: District) -> None:
    item = stories.heard_item(district)
    assert item.state == ItemState.READY
    assert not item.opinions.exists()
    assert Clearance.objects.get(item=item).valid_until is None
