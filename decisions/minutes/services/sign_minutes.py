"""Sign the 纪要: number and text freeze in this transaction, papers and notices are made of exactly these bytes."""

from agenda.meetings.models import Meeting
from common import clock
from common.audit.log import audit
from common.documents.services.request_document import request_document
from common.identity.actor import Actor
from common.identity.models import Person
from common.numbers.give import give_number
from common.numbers.models import IssuedNumber, NumberSeries
from common.outbox.registry import emit
from common.records.chain import seal
from common.services import Refused, service
from common.workflow import demand_open, move
from decisions.minutes.frozen import MINUTES_KIND, frozen_text, minutes_content, signed_text
from decisions.minutes.locks import lock_draft, lock_minutes
from decisions.minutes.models import DecisionNotice, Minutes
from decisions.minutes.notices import NOTICE_KIND, NoticePlan, notice_content, planned_notices
from decisions.minutes.policies import demand_signer
from decisions.minutes.records import units_on
from decisions.minutes.services.submit_minutes import demand_complete
from decisions.minutes.settling import settle_decisions
from decisions.minutes.text import MinutesText
from decisions.outcomes.models import Decision

NOTICE_SERIES = "decision_notice"


def minutes_series(meeting: Meeting) -> str:
    """The number series of a body's 纪要; a year's count begins with 1."""
    return f"minutes:{meeting.body.kind}"


def next_number(kind: str, year: int) -> int:
    """What would be given now; another signing may take it first."""
    return (NumberSeries.objects.filter(kind=kind, year=year).values_list("last", flat=True).first() or 0) + 1


@service
def sign_minutes(*, actor: Actor, minutes: Minutes, revision: int | None = None) -> Minutes:
    """Only what was reviewed, as it was reviewed. All or nothing: number, seal, PDF, notices, the superseded one, and
    a superseding decision wherever the text words a decided matter anew (decisions/minutes/settling.py).

    `revision` is the one the confirming page showed. The year is that of signing. Numbers are taken before seals,
    because the chain's lock is the last.
    """
    minutes = lock_minutes(minutes)
    demand_signer(actor, minutes)
    demand_open(minutes, "sign")
    before = lock_minutes(minutes.supersedes) if minutes.supersedes else None
    draft = lock_draft(minutes, revision)
    if draft.revision != minutes.checked_revision:
        raise Refused(f"「{minutes}」审核之后又有改动，不能签发。请退回，由区委办主任重新审核。")
    demand_complete(minutes, draft)
    day, reviewed = clock.today(), MinutesText.from_json(draft.content)
    number = give_number(minutes_series(minutes.meeting), day.year, str(minutes), actor=actor)
    text = signed_text(minutes, reviewed, number=str(number), signed_by=actor.person.name, day=day)
    old, units = frozen_text(before) if before else None, units_on(minutes.meeting)
    plans = planned_notices(text, old, units)
    numbers = [give_number(NOTICE_SERIES, day.year, f"{plan.unit}：{plan.item}", actor=actor) for plan in plans]
    text = settle_decisions(actor, minutes, text)
    plans = planned_notices(text, old, units)
    _freeze(minutes, text, number, actor)
    if before:
        move(before, "supersede", actor=actor, reason=minutes.correction_reason)
    issued = zip(plans, numbers, strict=True)
    notices = [_issue(minutes, text, plan, given, draft.saved_by, actor) for plan, given in issued]
    emit(
        "minutes.signed",
        minutes,
        actor=actor,
        number=text.number,
        notices=[notice.pk for notice in notices],
        superseded=before.pk if before else None,
    )
    audit(actor, "sign_minutes", minutes, number=text.number, notices=len(notices))
    return minutes


def _freeze(minutes: Minutes, text: MinutesText, number: IssuedNumber, actor: Actor) -> None:
    """Seal the text, queue its paper, and end the draft's life."""
    record = seal("minutes/1", minutes, minutes_content(minutes, text), actor=actor)
    minutes.number, minutes.record = number, record
    minutes.signed_by, minutes.signed_at = actor.person, record.recorded_at
    minutes.document = request_document(
        actor=actor, kind=MINUTES_KIND, payload=bytes(record.payload), name=f"{text.mark}{text.number}.pdf"
    )
    minutes.save(update_fields=["number", "record", "signed_by", "signed_at", "document"])
    move(minutes, "sign", actor=actor, on_version=minutes.checked_revision)


def _issue(
    minutes: Minutes, text: MinutesText, plan: NoticePlan, number: IssuedNumber, drafter: Person, actor: Actor
) -> DecisionNotice:
    """Seal one notice and queue its paper; questions go to who wrote the 纪要."""
    contact = f"{drafter.name}，电话{drafter.phone}" if drafter.phone else drafter.name
    content = notice_content(plan, text, number=str(number), contact=contact)
    record = seal("decision_notice/1", minutes, content, actor=actor)
    return DecisionNotice.objects.create(
        committee=actor.committee,
        decision=Decision.objects.get(matters=plan.matters[0][1].matter),
        minutes=minutes,
        unit=plan.unit,
        number=number,
        issued_at=record.recorded_at,
        record=record,
        document=request_document(
            actor=actor,
            kind=NOTICE_KIND,
            payload=bytes(record.payload),
            name=f"议定事项通知单{number}（{plan.unit}）.pdf",
        ),
    )
