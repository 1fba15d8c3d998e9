"""Whether a meeting may open now: it is its day, and everybody has been told of the agenda as it stands."""

from agenda.meetings.models import Meeting, MeetingNotice
from agenda.meetings.notice_content import untold
from agenda.meetings.programme import Programme, load_programme
from common import clock
from common.web.formats import cn_date


def wrong_day(meeting: Meeting, act: str, instead: str = "") -> str:
    """The sentence why nobody signs in or opens on another day than the meeting's; empty on its day."""
    today = clock.today()
    if meeting.day == today:
        return ""
    return (
        f"{meeting}定于{cn_date(meeting.day, today)}召开，今天是{cn_date(today, today)}，不能{act}。"
        f"{instead}改期的，请先修改会议时间，再补发通知。"
    )


def why_not_now(meeting: Meeting, programme: Programme | None = None) -> str:
    """The sentence why a meeting that was called cannot open now; empty where it can (rules.md §1, §4).

    Seats, rules and clearances were asked for its day, so it opens on no other. No topic comes in by surprise: what
    was added or changed after the last notice needs a further one.
    """
    if words := wrong_day(meeting, "开会"):
        return words
    notice = MeetingNotice.objects.filter(meeting=meeting).last()
    if notice is None:
        return f"{meeting}还没有发过通知，不能开会。请先发出会议通知。"
    if missing := untold(notice.content, programme or load_programme(meeting)):
        return f"最近一次通知之后，{'、'.join(missing)}，不能开会。请先补发通知；来不及的，请移出议程，下次再议。"
    return ""
