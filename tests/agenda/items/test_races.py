"""Two people at once, on real commits: one act, one number, one signature, and nothing lost in between."""

import threading
from collections.abc import Callable

from django.db import connections

from agenda.items.models import Clearance, Item, ItemDraft, Signature
from agenda.items.services.accept_item import accept_item
from agenda.items.services.revise_item import revise_item
from agenda.items.services.save_draft import save_draft
from agenda.items.services.sign_item import sign_item
from agenda.items.services.start_item import start_item
from agenda.items.services.submit_item import submit_item
from agenda.items.workflow import ItemState
from common.numbers.models import IssuedNumber, NumberSeries
from common.records.chain import first_break
from common.records.models import ChainHead, ChainRecord
from common.services import Refused
from common.tenancy.scope import committee_scope
from common.workflow import move
from tests.support import stories
from tests.support.cast import District


def at_once(district: District, *acts: Callable[[], object]) -> list[object]:
    """Start all acts together, each in a thread and transaction of its own; what each gave, or the refusal."""
    results: list[object] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(place: int) -> None:
        with committee_scope(district.committee.pk):
            gate.wait()
            try:
                results[place] = acts[place]()
            except Refused as refusal:
                results[place] = refusal
            finally:
                connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return results


def refusals(results: list[object]) -> list[str]:
    return [str(result) for result in results if isinstance(result, Refused)]


def test_two_signatures_at_once_give_one(committed_db: None, district: District) -> None:
    item = stories.vetted_item(district)
    digest = item.version.digest
    results = at_once(district, *[lambda: sign_item(actor=district.actor("林知微"), item=item, digest=digest)] * 4)
    assert len(refusals(results)) == 3
    assert Signature.objects.filter(item=item).count() == 1


def test_filing_twice_at_once_gives_one_version_and_one_number(committed_db: None, district: District) -> None:
    item = stories.drafted_item(district)
    results = at_once(
        district,
        lambda: submit_item(actor=district.actor("梁思齐"), item=item),
        lambda: submit_item(actor=district.actor("林知微"), item=item),
    )
    assert ["现在是「已呈报」" in text for text in refusals(results)] == [True]
    assert (item.versions.count(), IssuedNumber.objects.filter(kind="item").count()) == (1, 1)


def test_many_filed_at_once_get_numbers_without_doubles_or_gaps(committed_db: None, district: District) -> None:
    items = [stories.drafted_item(district, title=f"议题{n}") for n in range(6)]
    acts = [lambda item=item: submit_item(actor=district.actor("梁思齐"), item=item) for item in items]
    assert not refusals(at_once(district, *acts))
    numbers = IssuedNumber.objects.filter(kind="item").values_list("number", flat=True)
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]
    assert NumberSeries.objects.get(kind="item").last == 6
    head = ChainHead.objects.get()
    assert first_break(ChainRecord.objects.order_by("seq"), head.seq, head.digest) is None


def test_a_signature_never_lands_on_a_version_that_was_replaced(committed_db: None, district: District) -> None:
    item = stories.vetted_item(district)
    digest = item.version.digest
    results = at_once(
        district,
        lambda: sign_item(actor=district.actor("林知微"), item=item, digest=digest),
        lambda: revise_item(actor=district.actor("梁思齐"), item=item, reason="改"),
    )
    item = Item.objects.get(pk=item.pk)
    assert (item.state, item.version.no) == (ItemState.SUBMITTED, 2)
    assert not item.signatures.filter(version=item.version).exists()
    late = refusals(results)
    assert late == [] or ("提交了新稿" in late[0] and not item.signatures.exists())


def test_scheduling_and_a_new_version_at_once_leave_one_of_them(committed_db: None, district: District) -> None:
    item = stories.ready_item(district)

    def schedule() -> None:
        from django.db import transaction

        with transaction.atomic():
            move(Item.objects.locked(item), "schedule", actor=district.actor("周予安"))

    results = at_once(district, schedule, lambda: revise_item(actor=district.actor("梁思齐"), item=item, reason="改"))
    item = Item.objects.get(pk=item.pk)
    assert len(refusals(results)) == 1
    assert (item.state, item.version.no) in {(ItemState.SCHEDULED, 1), (ItemState.SUBMITTED, 2)}


def test_the_last_check_and_the_last_signature_clear_once(committed_db: None, district: District) -> None:
    item = stories.vetted_item(district)
    stories.sign_on(district, item, until="secretary")
    digest = item.version.digest
    results = at_once(
        district,
        lambda: sign_item(actor=district.actor("沈砚清"), item=item, digest=digest),
        lambda: stories.conclude(district, item, "risk", "high", actor=district.actor("贺北辰"), summary="风险高"),
    )
    item = Item.objects.get(pk=item.pk)
    assert item.state == ItemState.VETTING
    assert len(refusals(results)) + Clearance.objects.filter(item=item).count() == 1


def test_of_two_editors_at_once_one_is_told(committed_db: None, district: District) -> None:
    item = start_item(actor=district.liaison, unit=district.unit("教体局"))
    results = at_once(
        district,
        lambda: save_draft(actor=district.actor("梁思齐"), item=item, content={"title": "甲"}, revision=0),
        lambda: save_draft(actor=district.actor("林知微"), item=item, content={"title": "乙"}, revision=0),
    )
    assert len(refusals(results)) == 1
    assert ItemDraft.objects.get(item=item).revision == 1


def test_accepting_twice_at_once_moves_once(committed_db: None, district: District) -> None:
    item = stories.filed_item(district)
    acts = [lambda: accept_item(actor=district.actor("周予安"), item=item)] * 3
    assert len(refusals(at_once(district, *acts))) == 2
    assert Item.objects.get(pk=item.pk).changes.filter(verb="accept").count() == 1
