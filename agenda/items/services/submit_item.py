"""File an item (呈报): the draft becomes a frozen version, the first one with a number."""

from agenda.items.binding import content_digest
from agenda.items.filing import Filing, examine, names_for
from agenda.items.models import Attachment, Item, ItemCoUnit, ItemDraft, ItemVersion, VersionAttachment
from agenda.items.policies import demand, may_submit
from agenda.items.services.ask_urgent import write_request
from agenda.items.services.save_draft import show_draft
from agenda.items.sheet import Paper, Sheet, compose
from agenda.rules.models import AgendaRuleSet, SignRoute
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.numbers.give import give_number
from common.outbox.registry import emit
from common.records.chain import seal
from common.services import Conflict, Refused, service
from common.workflow import demand_open, move

SERIES = "item"


@service
def submit_item(*, actor: Actor, item: Item, seen: str | None = None) -> Item:
    """File the draft, for the first time or after it was returned.

    Checks, signatures and clearances stay with the version they were given on. `seen` is the digest of the text
    and papers that the page showed; where one of them changed since, nothing is filed. The day counts for the deadline.
    """
    item = Item.objects.locked(item)
    demand(may_submit(actor, item))
    demand_open(item, "submit")
    item.filed_on = clock.today()
    version = freeze_version(item, seen, actor=actor)
    move(item, "submit", actor=actor, on_version=version.no)
    audit(actor, "submit_item", item, number=str(item.number), version=version.no, digest=version.digest)
    emit("item.submitted", item, actor=actor, version=version.no)
    return item


def freeze_version(item: Item, seen: str | None, *, actor: Actor) -> ItemVersion:
    """Examine the draft under today's rules and seal it as the item's next version; the item is locked.

    An urgent sheet asks 书记 for this version: what he said of an earlier one was said of another text.
    """
    draft = ItemDraft.objects.select_related("saved_by").get(item=item)
    sheet = Sheet.from_json(draft.content)
    attachments = list(Attachment.objects.filter(item=item, removed_at=None).select_related("file"))
    content = compose(sheet, names_for(sheet), [_paper(attachment) for attachment in attachments])
    if seen is not None and seen != content_digest(content):
        raise Conflict(
            f"您核对之后，「{item}」的正文或附件又有改动，没有呈报。正文最近由{draft.saved_by.name}保存。请重新核对。",
            theirs=draft,
        )
    filing = examine(sheet, {attachment.kind for attachment in attachments}, clock.today())
    rules, route = _demand_complete(item, filing)
    last = item.versions.order_by("no").last()
    if item.number is None:
        item.number = give_number(SERIES, clock.today().year, sheet.title, actor=actor)
    no = last.no + 1 if last else 1
    payload = {
        "number": str(item.number),
        "no": no,
        "content": content,
        "rule_set": rules.version,
        "route": {"name": route.name, "steps": [step.office for step in route.steps.all()]},
    }
    record = seal("item_version/1", item, payload, actor=actor)
    version = ItemVersion.objects.create(
        committee=actor.committee,
        item=item,
        no=no,
        content=content,
        digest=record.payload_digest,
        rule_set=rules,
        route=route,
        leader_id=sheet.leader if filing.needs_leader else None,
        submitted_at=record.recorded_at,
        submitted_by=actor.person,
        record=record,
    )
    VersionAttachment.objects.bulk_create(
        VersionAttachment(committee=actor.committee, version=version, attachment=attachment)
        for attachment in attachments
    )
    _show_version(item, sheet, version)
    if sheet.urgent:
        write_request(item, sheet.urgent_reason, actor=actor)
    return version


def _demand_complete(item: Item, filing: Filing) -> tuple[AgendaRuleSet, SignRoute]:
    if filing.problems:
        field, sentence = next(iter(filing.problems.items()))
        more = f"（另有 {len(filing.problems) - 1} 处待补）" if len(filing.problems) > 1 else ""
        raise Refused(f"「{item}」还不能呈报：{sentence}{more}", field=field)
    if filing.rules is None or filing.route is None:  # examine() names both as problems
        raise AssertionError("a filing without problems has rules and a route")
    return filing.rules, filing.route


def _paper(attachment: Attachment) -> Paper:
    file = attachment.file
    return Paper(attachment.pk, file.name, attachment.kind, file.sha256, file.size)


def _show_version(item: Item, sheet: Sheet, version: ItemVersion) -> None:
    """The columns follow the version from now on; the database holds them to it."""
    show_draft(item, sheet)
    item.leader_id, item.current_version = version.leader_id, version
    item.save()
    ItemCoUnit.objects.filter(item=item).delete()
    ItemCoUnit.objects.bulk_create(
        ItemCoUnit(committee_id=item.committee_id, item=item, unit_id=unit) for unit in sheet.co_units
    )
