"""The sheet is saved as one types; of two editors the second is told; what is filed stays as it was filed."""

import pytest

from agenda.items.models import Item, ItemDraft
from agenda.items.services.save_draft import save_draft
from agenda.items.services.start_item import start_item
from agenda.items.workflow import ItemState
from common.services import Conflict, NotAllowed, Refused
from common.workflow import move
from tests.support import stories
from tests.support.cast import District


def test_the_liaison_starts_an_item_of_the_unit(district: District) -> None:
    item = start_item(actor=district.liaison, unit=district.unit("教体局"), content={"title": "关于新建城东学校的请示"})
    assert (item.state, str(item), item.unit.short_name) == ("draft", "关于新建城东学校的请示", "教体局")


def test_the_section_enters_a_draft_for_a_unit(district: District) -> None:
    item = start_item(actor=district.office, unit=district.unit("住建局"), imported_key="台账/议题/3")
    assert item.created_by == district.office.person
    save_draft(actor=district.office, item=item, content={"title": "关于老旧小区改造的请示"}, revision=0)


def test_nobody_else_starts_an_item_of_the_unit(district: District) -> None:
    for who in ("other_liaison", "leader", "secretary", "director", "outsider"):
        with pytest.raises(NotAllowed, match="议题由提报单位的议题联络员或负责人起草"):
            start_item(actor=getattr(district, who), unit=district.unit("教体局"))
        assert not Item.objects.exists()


def test_half_a_word_is_kept(district: District) -> None:
    item = start_item(actor=district.liaison, unit=district.unit("教体局"))
    draft = save_draft(actor=district.liaison, item=item, content={"title": "关于", "amount": "1.8"}, revision=0)
    assert (draft.revision, draft.content["title"], draft.content["amount"]) == (1, "关于", "1.8")
    assert Item.objects.get(pk=item.pk).title == "关于"


def test_saving_the_same_again_writes_nothing(district: District) -> None:
    item = stories.drafted_item(district)
    draft = ItemDraft.objects.get(item=item)
    with stories.nothing_changes(item):
        save_draft(actor=district.liaison, item=item, content=draft.content, revision=0)


def test_the_second_editor_sees_who_saved_what_and_when(district: District) -> None:
    item = stories.drafted_item(district)
    mine = ItemDraft.objects.get(item=item)
    save_draft(actor=district.head, item=item, content=mine.content | {"reason": "局长改过的事由"}, revision=1)
    with (
        stories.nothing_changes(item),
        pytest.raises(Conflict, match="林知微于11月16日（周一） 上午8:30保存过") as told,
    ):
        save_draft(actor=district.liaison, item=item, content=mine.content | {"reason": "我的事由"}, revision=1)
    assert told.value.theirs.content["reason"] == "局长改过的事由"
    assert told.value.theirs.revision == 2


def test_others_do_not_write_in_the_sheet(district: District) -> None:
    item = stories.drafted_item(district)
    for who in ("other_liaison", "office", "leader", "secretary", "outsider"):
        with stories.nothing_changes(item), pytest.raises(NotAllowed, match="由教体局的议题联络员或负责人填写"):
            save_draft(actor=getattr(district, who), item=item, content={"title": "改"}, revision=1)


def test_after_filing_the_draft_is_the_text_of_a_coming_version(district: District) -> None:
    item = stories.filed_item(district)
    draft = ItemDraft.objects.get(item=item)
    save_draft(actor=district.liaison, item=item, content=draft.content | {"title": "改后的题目"}, revision=1)
    item = Item.objects.get(pk=item.pk)
    assert item.title == "关于新建城东学校的请示"
    assert item.version.content["sheet"]["title"] == "关于新建城东学校的请示"


def test_a_filed_item_keeps_its_unit(district: District) -> None:
    item = stories.filed_item(district)
    content = ItemDraft.objects.get(item=item).content | {"unit": district.unit("住建局").pk}
    with stories.nothing_changes(item), pytest.raises(Refused, match="不能更换提报单位"):
        save_draft(actor=district.liaison, item=item, content=content, revision=1)


def test_a_draft_cannot_be_moved_to_a_strangers_unit(district: District) -> None:
    item = stories.drafted_item(district)
    content = ItemDraft.objects.get(item=item).content | {"unit": district.unit("住建局").pk}
    with stories.nothing_changes(item), pytest.raises(NotAllowed):
        save_draft(actor=district.liaison, item=item, content=content, revision=1)


def test_what_is_on_an_agenda_is_not_written_in(district: District) -> None:
    item = stories.ready_item(district)
    move(item, "schedule", actor=district.office)
    assert item.state == ItemState.SCHEDULED
    with stories.nothing_changes(item), pytest.raises(Refused, match="请秘书科先移出议程") as told:
        save_draft(actor=district.liaison, item=item, content={"title": "改"}, revision=1)
    assert not isinstance(told.value, NotAllowed)
