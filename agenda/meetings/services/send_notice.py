"""Send the notice of a meeting, or a further one after a change."""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from agenda.items.policies import is_cadre
from agenda.items.services.grant_reading import grant_reading
from agenda.meetings.documents import AGENDA_KIND, NOTICE_KIND, agenda_name, notice_bytes, notice_name
from agenda.meetings.locks import lock_with_items
from agenda.meetings.models import EntryItem, Meeting, MeetingNotice, NoticeRecipient
from agenda.meetings.notice_content import (
    Draft,
    Recipient,
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
from common.mail.send import queue_letter
from common.outbox.registry import emit
from common.records.chain import seal
from common.services import Conflict, Refused, service
from common.web.formats import cn_datetime
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
    _open_items(links, draft, actor)
    notice = _freeze(meeting, content, last, actor)
    _tell(notice, draft, actor)
    audit(actor, "send_notice", meeting, notice=notice.pk, no=notice.no, recipients=len(draft.recipients))
    emit("meeting.notified", meeting, actor=actor, notice=notice.pk)
    return notice


def _open_items(links: list[EntryItem], draft: Draft, actor: Actor) -> None:
    """Members may read the items up to the day of the meeting; cadre items stay with 组织部 (rules.md §4)."""
    members = [member.person for member in draft.members]
    for link in links:
        if not is_cadre(link.item):
            grant_reading(actor=actor, item=link.item, persons=members, until=draft.programme.meeting.day)


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
    for one in draft.recipients:
        _write_letter(notice, one, actor)


def _write_letter(notice: MeetingNotice, recipient: Recipient, actor: Actor) -> None:
    meeting = notice.meeting
    address = urljoin(settings.PUBLIC_URL, reverse("agenda:meeting_notice", args=[meeting.pk]))
    again = "（再次通知，以本次为准）" if notice.no > 1 else ""
    body = (
        f"{recipient.person.name}同志：\n\n"
        f"定于{cn_datetime(meeting.starts_at, clock.today())}在{meeting.place}召开{meeting}。{again}\n"
        f"请登录「议事」查看通知，并答复参会或请假：\n{address}\n\n"
        f"{actor.committee}办公室\n"
    )
    queue_letter(
        recipient.person,
        f"会议通知：{meeting}",
        body,
        key=f"notice/{notice.pk}/person/{recipient.person.pk}",
        actor=actor,
    )
