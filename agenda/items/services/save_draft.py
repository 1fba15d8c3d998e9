"""Save the 呈报单 as one types: no version, nothing lost, of two editors the second is told."""

from collections.abc import Mapping
from typing import Any

from agenda.items.models import Item, ItemDraft
from agenda.items.policies import demand, may_edit, may_start
from agenda.items.sheet import Sheet
from agenda.items.workflow import ItemState
from agenda.rules.models import MatterKind
from committee.units.models import Unit
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Conflict, Refused, nothing_to_do, service
from common.web.formats import cn_datetime

EDITABLE = (
    ItemState.DRAFT,
    ItemState.RETURNED,
    ItemState.SUBMITTED,
    ItemState.VETTING,
    ItemState.SIGNING,
    ItemState.READY,
)


@service
def save_draft(*, actor: Actor, item: Item, content: Mapping[str, Any], revision: int) -> ItemDraft:
    """Keep what was typed, however incomplete; `revision` is the one the page began from.

    After filing it is the text of a coming version: the filed one, its signatures and the lists stay as they are.
    Raises Conflict with the other's ItemDraft (content, who, when, revision) where somebody saved in between.
    """
    item = Item.objects.locked(item)
    demand(may_edit(actor, item))
    demand_editable(item)
    draft = ItemDraft.objects.select_related("saved_by").get(item=item)
    sheet = Sheet.from_json(content)
    if sheet.to_json() == draft.content:
        nothing_to_do()
        return draft
    if draft.revision != revision:
        raise conflict(actor, draft)
    _demand_unit(actor, item, sheet)
    draft.content, draft.revision = sheet.to_json(), draft.revision + 1
    draft.saved_at, draft.saved_by = clock.now(), actor.person
    draft.save(update_fields=["content", "revision", "saved_at", "saved_by"])
    if item.current_version_id is None:
        show_draft(item, sheet)
        item.save()
    audit(actor, "save_draft", item, revision=draft.revision)
    return draft


def demand_editable(item: Item) -> None:
    """The text and papers of an item can be worked on until it is on an agenda."""
    if item.state not in EDITABLE:
        raise Refused(f"「{item}」现在是「{item.get_state_display()}」，不能再改。已列入会议的，请秘书科先移出议程。")


def conflict(actor: Actor, draft: ItemDraft) -> Conflict:
    """What the second editor is told: who saved, when, and that nothing of his was written."""
    when = cn_datetime(draft.saved_at, clock.today())
    who = actor.first_editor(draft.saved_by)
    return Conflict(f"您打开之后，{who}于{when}保存过这份呈报单。请对照两边内容，选定后再保存。", theirs=draft)


def show_draft(item: Item, sheet: Sheet) -> None:
    """Repeat the draft in the columns that lists and filters read; ids that lead nowhere are left out."""
    today = clock.today()
    item.title = sheet.title[:100]
    item.handling, item.target_body = sheet.handling, sheet.target_body
    item.classification, item.urgent = sheet.classification, sheet.urgent
    item.amount = sheet.amount if sheet.amount is not None and sheet.amount > 0 else None
    item.unit = Unit.objects.on(today).filter(pk=sheet.unit).first() or item.unit
    item.matter_kind = MatterKind.objects.on(today).filter(pk=sheet.matter_kind).first()
    item.leader = Person.objects.filter(pk=sheet.leader or 0).first()


def _demand_unit(actor: Actor, item: Item, sheet: Sheet) -> None:
    """A draft may move to another unit of the actor; a filed item keeps its unit."""
    if sheet.unit in (None, item.unit_id):
        return
    if item.current_version_id is not None:
        raise Refused("呈报过的议题不能更换提报单位。请撤回后由另一单位重新呈报。", field="unit")
    demand(may_start(actor, sheet.unit or 0))
