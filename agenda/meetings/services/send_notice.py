"""Send the notice of a meeting, or a further one after a change."""

from agenda.items.policies import is_cadre
from agenda.items.services.open_items import open_items
from agenda.meetings.documents import AGENDA_KIND, NOTICE_KIND, agenda_name, notice_bytes, notice_name
from agenda.meetings.letters import write_notice_letters
from agenda.meetings.locks import lock_with_items
from agenda.meetings.models import EntryItem, Meeting, MeetingNotice, NoticeRecipient
from agenda.meetings.notice_content import (
    Draft,
    content_digest,
    differences,
    draft_notice,
    frozen,
    open_points,
)
from agenda.meetings.policies import demand_office
from agenda.meetings.programme import load_programme
from agenda.meetings.questions import deadlines_for
from common import clock
from common.audit.log import audit
from common.documents.services.request_document import request_document
from common.identity.actor import Actor
from common.outbox.registry import emit
from common.records.chain import seal
from common.services import Conflict, Refused, service
from common.workflow import move


@service
def send_notice(*, actor: Actor, meeting: Meeting, seen: str | None = None) -> MeetingNotice:
    """Freeze what the notice says, seal it, and tell everybody who is due or called in.

    `seen` is the digest of what the confirming page showed; where the agenda has changed since, nothing goes out.
    E-mails say that a meeting was called, when and where, and nothing of the agenda (rules.md §9).
    """
    meeting, links = lock_with_items(meeting)
    demand_office(actor)
    draft = draft_notice(load_programme(meeting))
    stops = [
        point.sentence
        for point in open_points(draft, deadlines_for(meeting.day), clock.now(), clock.today())
        if point.stops
    ]
    if stops:
        raise Refused("通知还不能发出。" + "".join(stops))
    content = frozen(draft, actor)
    if seen is not None and seen != content_digest(content):
        raise Conflict("您核对之后，会议或议程又有改动，通知没有发出。请重新核对。", theirs=content)
    last = meeting.notices.order_by("no").last()
    if last and not differences(last.content, content):
        raise Refused("会议和议程自上次通知以来没有改动，不必再发。")
    move(meeting, "notify", actor=actor, reason="" if last is None else "再次通知")
    _open_items(meeting, links, draft, actor)
    notice = _freeze(meeting, content, last, actor)
    _tell(notice, draft, actor)
    audit(actor, "send_notice", meeting, notice=notice.pk, no=notice.no, recipients=len(draft.recipients))
    emit("meeting.notified", meeting, actor=actor, notice=notice.pk)
    return notice


def _open_items(meeting: Meeting, links: list[EntryItem], draft: Draft, actor: Actor) -> None:
    """Members who act may read the items up to the day of the meeting; cadre items stay with 组织部 (rules.md §4)."""
    items = [link.item for link in links if not is_cadre(link.item)]
    members = [member.person for member in draft.members if member.acts]
    open_items(actor=actor, items=items, persons=members, until=meeting.day, occasion=meeting)


def _freeze(meeting: Meeting, content: dict, last: MeetingNotice | None, actor: Actor) -> MeetingNotice:
    no = last.no + 1 if last else 1
    return MeetingNotice.objects.create(
        committee=actor.committee,
        meeting=meeting,
        no=no,
        content=content,
        sent_at=clock.now(),
        record=seal("meeting_notice/1", meeting, {"no": no, "content": content}, actor=actor),
    )


def _tell(notice: MeetingNotice, draft: Draft, actor: Actor) -> None:
    NoticeRecipient.objects.bulk_create(
        NoticeRecipient(committee=actor.committee, notice=notice, person=one.person, capacity=one.capacity)
        for one in draft.recipients
    )
    payload = notice_bytes(notice)
    request_document(actor=actor, kind=AGENDA_KIND, payload=payload, name=agenda_name(notice.content["title"]))
    request_document(actor=actor, kind=NOTICE_KIND, payload=payload, name=notice_name(notice.content["title"]))
    write_notice_letters(notice, [one.person for one in draft.recipients], actor)
