"""Begin with an entry: enough must be present for it, and its questions are laid out."""

from agenda.meetings.models import AgendaEntry, EntryItem
from agenda.meetings.workflow import EntryState
from agenda.rules.models import DECIDING, PERSONNEL
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from common.workflow import move
from decisions.hall.models import Sitting
from decisions.hall.questions import only_prepares
from decisions.hall.recusal import carry_recusals
from decisions.hall.session import lock_entry
from decisions.hall.shortfall import keeps_shortfall
from decisions.rules.tally import Act
from decisions.votes.models import Question
from decisions.votes.opening import demand_quorum


@keeps_shortfall
@service
def begin_entry(*, actor: Actor, entry: AgendaEntry) -> AgendaEntry:
    """One entry at a time. Quorum by the rule of its matter, counted now, without the recused (rules.md §2)."""
    sitting, entry = lock_entry(actor=actor, entry=entry)
    other = AgendaEntry.objects.filter(meeting=sitting.meeting, state=EntryState.DISCUSSING).first()
    if other is not None and other.pk != entry.pk:
        raise Refused(f"「{other}」正在审议。请先议完、缓议或放回未议，再开始下一项。")
    recused = carry_recusals(actor, sitting, entry)
    sentence = demand_quorum(sitting, entry, Act.DELIBERATE)
    move(entry, "begin", actor=actor)
    if not Question.objects.filter(entry=entry).exists():
        _lay_out_questions(sitting, entry)
    audit(actor, "begin_entry", entry, quorum=sentence, recused=recused)
    return entry


def _lay_out_questions(sitting: Sitting, entry: AgendaEntry) -> None:
    """One question per line of the sheets' 需议决事项 (逐项表决); sheets of cadre matters are not the clerk's."""
    if entry.handling not in DECIDING or only_prepares(sitting.meeting.body.kind):
        return
    links = EntryItem.objects.filter(entry=entry, active=True).exclude(item__matter_kind__nature__in=PERSONNEL)
    asked = [
        (link.item_id, line)
        for link in links.select_related("clearance__version").order_by("pk")
        for line in _open_lines(link)
    ]
    Question.objects.bulk_create(
        Question(committee_id=entry.committee_id, entry=entry, item_id=item, position=place, text=line)
        for place, (item, line) in enumerate(asked, start=1)
    )


def _open_lines(link: EntryItem) -> list[str]:
    """What the item asks, less what an earlier meeting has settled, with what it put to the item and put off."""
    lines = link.clearance.version.content["sheet"].get("matters") or []
    earlier = Question.objects.filter(item=link.item_id, dropped_at__isnull=True).exclude(entry=link.entry_id)
    settled = set(earlier.filter(settled=True).values_list("text", flat=True))
    put_off = earlier.filter(settled=False, entry__state=EntryState.DECIDED).values_list("text", flat=True)
    added = [text for text in dict.fromkeys(put_off) if text not in lines]
    return [line for line in (*lines, *added) if line not in settled]
