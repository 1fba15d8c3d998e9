"""呈报: the draft becomes a version that nobody edits; the first one gets a number."""

import pytest

from agenda.items.binding import content_digest
from agenda.items.models import Attachment, Item, ItemDraft, VersionAttachment
from agenda.items.services.add_attachment import add_attachment
from agenda.items.services.remove_attachment import remove_attachment
from agenda.items.services.save_draft import save_draft
from agenda.items.services.send_back import send_back
from agenda.items.services.submit_item import submit_item
from agenda.items.views.sheet_page import working_on
from common.outbox.models import Event
from common.records.canonical import read_canonical, sha256_hex
from common.services import Conflict, NotAllowed, Refused
from tests.support import stories
from tests.support.cast import District
from tests.support.time import Clock


def test_filing_gives_a_number_a_day_and_a_sealed_version(district: District, clock: Clock) -> None:
    item = stories.filed_item(district)
    assert (str(item.number), str(item.filed_on), item.version.no) == ("〔2026〕1号", "2026-11-16", 1)
    data = bytes(item.version.record.payload)
    assert sha256_hex(data) == item.version.digest
    sealed = read_canonical(data)
    assert sealed["content"] == item.version.content
    assert sealed["content"]["words"]["leader"] == "闻人澈"
    assert sealed["route"]["steps"] == ["unit_head", "leader_in_charge", "mayor", "office_director", "secretary"]
    [paper] = sealed["content"]["attachments"]
    assert (paper["name"], paper["size"], len(paper["sha256"])) == ("政府常务会议纪要.pdf", paper["size"], 64)
    assert Event.objects.get(kind="item.submitted").subject_id == item.pk


def test_numbers_count_up_by_year(district: District, clock: Clock) -> None:
    assert [str(stories.filed_item(district).number) for _ in range(2)] == ["〔2026〕1号", "〔2026〕2号"]
    clock.set("2027-01-04 09:00")
    assert str(stories.filed_item(district).number) == "〔2027〕1号"


def test_an_incomplete_sheet_is_refused_with_what_is_missing(district: District) -> None:
    item = stories.drafted_item(district, presenter="", reason="")
    with (
        stories.nothing_changes(item),
        pytest.raises(Refused, match=r"还不能呈报：请填写事由。（另有 1 处待补）") as told,
    ):
        submit_item(actor=district.liaison, item=item)
    assert told.value.field == "reason"


def test_without_the_governments_minutes_it_is_refused(district: District) -> None:
    item = stories.drafted_item(district)
    remove_attachment(actor=district.liaison, attachment=item.attachments.get())
    with stories.nothing_changes(item), pytest.raises(Refused, match="按政府系统呈报须附《政府常务会议纪要》"):
        submit_item(actor=district.liaison, item=item)


def test_only_the_units_people_file(district: District) -> None:
    item = stories.drafted_item(district)
    for who in ("other_liaison", "office", "director", "leader", "secretary", "outsider"):
        with stories.nothing_changes(item), pytest.raises(NotAllowed, match="呈报由教体局的议题联络员或负责人办理"):
            submit_item(actor=getattr(district, who), item=item)


def test_filing_twice_is_refused(district: District) -> None:
    item = stories.filed_item(district)
    with stories.nothing_changes(item), pytest.raises(Refused, match="现在是「已呈报」，不能呈报"):
        submit_item(actor=district.liaison, item=item)


def test_a_draft_changed_since_the_page_was_opened_is_not_filed(district: District) -> None:
    item = stories.drafted_item(district)
    content, seen = ItemDraft.objects.get(item=item).content, content_digest(working_on(item).content)
    save_draft(actor=district.head, item=item, content=content | {"reason": "局长改过"}, revision=1)
    with stories.nothing_changes(item), pytest.raises(Conflict, match="林知微"):
        submit_item(actor=district.liaison, item=item, seen=seen)


def test_papers_changed_since_the_page_was_opened_are_not_filed(district: District) -> None:
    """A colleague put another file in the place of the one that the confirming page showed."""
    item = stories.drafted_item(district)
    seen = content_digest(working_on(item).content)
    stories.replace_paper(district, item, "另一份会议纪要.pdf")
    with stories.nothing_changes(item), pytest.raises(Conflict, match="正文或附件又有改动"):
        submit_item(actor=district.liaison, item=item, seen=seen)
    submit_item(actor=district.liaison, item=item, seen=content_digest(working_on(item).content))


def test_a_returned_item_is_filed_again_as_the_next_version(district: District, clock: Clock) -> None:
    item = stories.filed_item(district)
    send_back(actor=district.office, item=item, reason="事由过长")
    clock.set("2026-11-18 09:00")
    item = submit_item(actor=district.liaison, item=item)
    assert (str(item.number), item.version.no, str(item.filed_on)) == ("〔2026〕1号", 2, "2026-11-18")


def test_a_version_keeps_the_papers_it_was_filed_with(district: District) -> None:
    item = stories.filed_item(district)
    filed_with = item.attachments.get()
    remove_attachment(actor=district.liaison, attachment=filed_with)
    add_attachment(actor=district.liaison, item=item, name="新的纪要.pdf", data=stories.pdf("新"), kind="paper")
    assert [one.attachment for one in VersionAttachment.objects.filter(version=item.version)] == [filed_with]
    assert Attachment.objects.filter(item=item, removed_at=None).count() == 1


def test_joint_filing_names_the_other_units(district: District) -> None:
    item = stories.filed_item(district, co_units=[district.unit("财政局").pk])
    assert [co.unit.short_name for co in item.co_units.select_related("unit")] == ["财政局"]
    assert item.version.content["words"]["co_units"] == "区财政局"


def test_an_empty_file_or_a_program_is_no_paper(district: District) -> None:
    item = stories.drafted_item(district)
    for data, sentence in ((b"", "空文件"), (b"MZ\x90\x00", "不是可接收的类型")):
        with stories.nothing_changes(item), pytest.raises(Refused, match=sentence):
            add_attachment(actor=district.liaison, item=item, name="附件.pdf", data=data)


def test_the_item_row_shows_what_was_filed(district: District) -> None:
    item = Item.objects.for_list().get(pk=stories.filed_item(district).pk)
    assert (item.title, item.amount, item.leader) == ("关于新建城东学校的请示", 180_000_000, district.leader.person)
