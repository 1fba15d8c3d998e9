"""E-mails about a meeting: that it was called or cancelled, when and where, and nothing of its agenda (rules.md §9)."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from agenda.meetings.models import Meeting, MeetingNotice
from agenda.meetings.workflow import MeetingState
from common import clock
from common.identity.actor import Actor
from common.identity.models import Person
from common.mail.models import Letter
from common.mail.send import queue_letter
from common.web.formats import cn_datetime


def write_notice_letters(notice: MeetingNotice, people: Iterable[Person], actor: Actor) -> None:
    """One to each: come, and answer."""
    meeting = notice.meeting
    again = "（再次通知，以本次为准）" if notice.no > 1 else ""
    said = (
        f"定于{cn_datetime(meeting.starts_at, clock.today())}在{meeting.place}召开{meeting}。{again}\n"
        "请登录「议事」查看通知，并答复参会或请假："
    )
    _write(meeting, f"会议通知：{meeting}", said, people, key_of(meeting, notice.pk), actor)


def write_cancellations(meeting: Meeting, notice: MeetingNotice, people: Iterable[Person], actor: Actor) -> None:
    """One to each who was told: do not come. Time and place as the notice named them; why, is read in the program."""
    when = cn_datetime(datetime.fromisoformat(notice.content["starts_at"]), clock.today())
    said = f"原定于{when}在{notice.content['place']}召开的{meeting}已取消，请勿前往。\n取消的缘由请登录「议事」查看："
    _write(meeting, f"会议取消：{meeting}", said, people, key_of(meeting, notice.pk), actor)


def key_of(meeting: Meeting, notice: int) -> str:
    """What the keys of the letters begin with: of a cancelled meeting those that say so, else of its last notice."""
    return f"{'cancelled' if meeting.state == MeetingState.CANCELLED else 'notice'}/{notice}/"


def letters_about(meeting: Meeting, notice: MeetingNotice) -> QuerySet[Letter]:
    """The last e-mails about a meeting; `notice` is its last."""
    return Letter.objects.filter(key__startswith=key_of(meeting, notice.pk)).select_related("person")


def _write(meeting: Meeting, subject: str, said: str, people: Iterable[Person], key: str, actor: Actor) -> None:
    address = urljoin(settings.PUBLIC_URL, reverse("agenda:meeting_notice", args=[meeting.pk]))
    for person in people:
        body = f"{person.name}同志：\n\n{said}\n{address}\n\n{actor.committee}办公室\n"
        queue_letter(person, subject, body, key=f"{key}person/{person.pk}", actor=actor)
