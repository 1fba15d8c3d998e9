"""What of a meeting leaves the screen: the printed agenda, the notice as a letter, the calendar entry."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from agenda.meetings.models import Meeting, MeetingNotice, NoticeRecipient
from agenda.meetings.programme import ASKED
from agenda.meetings.workflow import MeetingState
from agenda.rules.models import Handling
from common import clock
from common.documents.papers import AgendaLine, AgendaPaper, MeetingNoticePaper, RedHead, Roll, Section
from common.records.canonical import canonical_bytes, read_canonical
from common.web.formats import cn_full_date, cn_number, cn_time, local_day

AGENDA_KIND, NOTICE_KIND = "meeting_agenda", "meeting_notice"
SECRECY = "会议内容和材料注意保密，未经批准不得录音、摄像和外传。"


def notice_bytes(notice: MeetingNotice) -> bytes:
    """What the papers of a notice are made from: the frozen content and its day."""
    return _bytes(notice.content, local_day(notice.sent_at))


def draft_bytes(content: Mapping[str, Any], day: date) -> bytes:
    """What a draft of the agenda is made from, before any notice."""
    return _bytes(content, day)


def _bytes(content: Mapping[str, Any], day: date) -> bytes:
    return canonical_bytes({"content": dict(content), "day": day})


def agenda_name(title: str) -> str:
    return f"{title}议程.pdf"


def notice_name(title: str) -> str:
    return f"{title}通知.pdf"


def build_agenda(payload: bytes) -> AgendaPaper:
    """The agenda laid on the table, from frozen bytes."""
    frozen = read_canonical(payload)
    content = frozen["content"]
    starts_at = datetime.fromisoformat(content["starts_at"])
    lines = []
    for entry in content["entries"]:
        lines.append(
            AgendaLine(
                str(entry["number"]),
                entry["title"],
                entry["units"],
                entry["presenter"],
                ask=ASKED[Handling(entry["handling"])],
                start=f"{starts_at:%H:%M}",
                attendants=tuple(entry["attendants"]),
            )
        )
        starts_at += timedelta(minutes=entry["minutes"])
    return AgendaPaper(
        title=(f"{content['title']}议程",),
        facts=_facts(content),
        entries=tuple(lines),
        issuer=content["issuer"],
        issued_on=date.fromisoformat(frozen["day"]),
        remarks=(SECRECY, content["remark"]) if content["remark"] else (SECRECY,),
    )


def build_notice(payload: bytes) -> MeetingNoticePaper:
    """The notice as a letter of the office, from frozen bytes."""
    frozen = read_canonical(payload)
    content = frozen["content"]
    starts_at = datetime.fromisoformat(content["starts_at"])
    parts = (
        ("会议时间", (f"{_moment(starts_at)}。",)),
        ("会议地点", (f"{content['place']}。",)),
        ("会议议题", tuple(_topic(entry) for entry in content["entries"])),
        ("参会人员", _who(content)),
        ("有关要求", _requests(content)),
    )
    return MeetingNoticePaper(
        head=RedHead(mark=content["issuer"]),
        title=(f"关于召开{content['title']}的通知",),
        addressed_to=content["addressed_to"],
        opening=f"定于{cn_full_date(starts_at)}召开{content['title']}。现将有关事项通知如下。",
        sections=tuple(
            Section(f"{cn_number(number)}、{heading}", paragraphs)
            for number, (heading, paragraphs) in enumerate(parts, start=1)
        ),
        issuer=content["issuer"],
        issued_on=date.fromisoformat(frozen["day"]),
        contact=content["contact"],
    )


def _facts(content: Mapping[str, Any]) -> tuple[Roll, ...]:
    rolls = [
        Roll("时间", (_moment(datetime.fromisoformat(content["starts_at"])),)),
        Roll("地点", (content["place"],)),
        Roll("主持", (content["chair"],)),
        Roll("出席", _members(content)),
    ]
    if content["standing"]:
        rolls.append(Roll("列席", tuple(content["standing"])))
    return tuple(rolls)


def _moment(moment: datetime) -> str:
    """2026年11月26日（星期四）下午3:00."""
    return f"{cn_full_date(moment)}（星期{'一二三四五六日'[moment.weekday()]}）{cn_time(moment)}"


def _members(content: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        one["name"] for one in content["recipients"] if one["capacity"] == NoticeRecipient.Capacity.MEMBER.value
    )


def _topic(entry: Mapping[str, Any]) -> str:
    presenter = f"，{entry['presenter']}汇报" if entry["presenter"] else ""
    return f"{entry['number']}．{ASKED[Handling(entry['handling'])]}：{entry['title']}（{entry['units']}{presenter}）。"


def _who(content: Mapping[str, Any]) -> tuple[str, ...]:
    said = [f"出席：{'、'.join(_members(content))}。"]
    if content["standing"]:
        said.append(f"全程列席：{'、'.join(content['standing'])}。")
    called = [
        f"第{entry['number']}项{'、'.join(entry['attendants'])}" for entry in content["entries"] if entry["attendants"]
    ]
    if called:
        said.append(f"逐项列席：{'；'.join(called)}。")
    return tuple(said)


def _requests(content: Mapping[str, Any]) -> tuple[str, ...]:
    said = [
        "请收到通知后及时答复参会或请假；请假须在会前写明事由，由书记批准。",
        "汇报单位和列席单位的负责同志按议程提前到场候会。",
        SECRECY,
    ]
    if content["remark"]:
        said.append(content["remark"])
    return tuple(f"{number}．{sentence}" for number, sentence in enumerate(said, start=1))


def calendar_entry(meeting: Meeting, *, minutes: int, sequence: int) -> bytes:
    """An .ics of a called meeting: its name, time and place; no titles (rules.md §9).

    The UID stays the same, and `sequence` grows with every notice, so that a calendar moves its entry.
    """
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@{urlsplit(settings.PUBLIC_URL).hostname or 'localhost'}")
    event.add("sequence", sequence)
    event.add("dtstamp", clock.now())
    event.add("dtstart", meeting.starts_at.astimezone(clock.SHANGHAI))
    event.add("dtend", meeting.starts_at.astimezone(clock.SHANGHAI) + timedelta(minutes=max(minutes, 30)))
    event.add("summary", str(meeting))
    event.add("location", meeting.place)
    event.add("status", "CANCELLED" if meeting.state == MeetingState.CANCELLED else "CONFIRMED")
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", "-//议事//会议//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()
