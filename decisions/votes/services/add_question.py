"""Add a 议决事项 to the entry that is being dealt with."""

from django.db.models import Max

from agenda.meetings.models import AgendaEntry, EntryItem
from agenda.meetings.workflow import EntryState
from agenda.rules.models import DECIDING
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.hall.session import lock_entry
from decisions.votes.models import Question


@service
def add_question(*, actor: Actor, entry: AgendaEntry, text: str) -> Question:
    """Only matters that are discussed to be decided have questions; conveyed and heard ones decide nothing."""
    _, entry = lock_entry(actor=actor, entry=entry)
    if entry.handling not in DECIDING:
        raise Refused(f"「{entry}」是{entry.get_handling_display()}，没有议决事项。")
    if entry.state != EntryState.DISCUSSING:
        raise Refused(f"「{entry}」现在是「{entry.get_state_display()}」，只有审议中的才能增加议决事项。")
    if not text.strip():
        raise Refused("请写明议决事项。", field="text")
    last = Question.objects.filter(entry=entry).aggregate(last=Max("position"))["last"] or 0
    items = EntryItem.objects.filter(entry=entry, active=True).values_list("item_id", flat=True)
    question = Question.objects.create(
        committee=actor.committee,
        entry=entry,
        item_id=items[0] if len(items) == 1 else None,
        position=last + 1,
        text=text.strip(),
    )
    audit(actor, "add_question", entry, question=question.pk, text=question.text)
    return question
