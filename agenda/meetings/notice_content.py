"""What a notice says: the frozen content, what differs from the one before, and what is still open before it can go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from agenda.meetings.models import NoticeRecipient
from agenda.meetings.programme import Line, Programme
from agenda.meetings.questions import Deadlines, chairs_on
from committee.bodies.models import Body
from committee.bodies.questions import CHAIRING, Member, members_on
from committee.roles.models import Role, RoleAssignment
from common.clock import SHANGHAI
from common.identity.actor import Actor
from common.identity.models import Person
from common.records.canonical import canonical_bytes, read_canonical, sha256_hex
from common.web.formats import cn_date, cn_minutes

MEMBER, ATTENDANT = NoticeRecipient.Capacity.MEMBER, NoticeRecipient.Capacity.ATTENDANT
ADDRESSED = {
    Body.Kind.STANDING: "常委",
    Body.Kind.PLENARY: "委员、候补委员",
    Body.Kind.SECRETARY_MEETING: "书记、副书记",
}
LONGEST_SITTING = 240  # minutes; more is said, not refused


class Recipient(NamedTuple):
    """Who gets the notice, and as what."""

    person: Person
    capacity: str


@dataclass(frozen=True)
class Draft:
    """A notice as it would go out now."""

    programme: Programme
    members: list[Member]
    recipients: list[Recipient]
    headless: list[str]

    @property
    def due(self) -> int:
        return sum(member.counts for member in self.members)


def draft_notice(programme: Programme, members: list[Member] | None = None) -> Draft:
    """Members who sit and act on that day, the heads of units that report or are called in, and people named."""
    meeting = programme.meeting
    members = members_on(meeting.body, meeting.day) if members is None else members
    recipients = {member.person.pk: Recipient(member.person, MEMBER) for member in members if member.acts}
    wanted = programme.called_units()
    heads = RoleAssignment.objects.holders(Role.UNIT_HEAD, meeting.day).filter(unit__in=wanted)
    for role in heads:
        recipients.setdefault(role.person_id, Recipient(role.person, ATTENDANT))
        wanted.discard(role.unit_id or 0)
    for person in Person.objects.filter(pk__in=programme.called_people()).by_post():
        recipients.setdefault(person.pk, Recipient(person, ATTENDANT))
    return Draft(programme, members, list(recipients.values()), _names(programme, wanted))


def _names(programme: Programme, units: set[int]) -> list[str]:
    """Units of the agenda without a head on that day, by name."""
    names: dict[int, str] = {}
    for line in programme.lines:
        names |= {matter.unit_id: matter.unit for matter in line.matters}
        names |= {one.unit_id: one.words for one in line.attendants if one.unit_id}
    names |= {one.unit_id: one.words for one in programme.standing if one.unit_id}
    return [names[unit] for unit in sorted(units) if unit in names]


def frozen(draft: Draft, actor: Actor) -> dict[str, Any]:
    """The content of record, as plain JSON values; cadre matters by their fixed words only."""
    programme, meeting = draft.programme, draft.programme.meeting
    phone = f"，电话{actor.person.phone}" if actor.person.phone else ""
    content = {
        "title": meeting.full_title,
        "meeting": str(meeting),
        "starts_at": meeting.starts_at.astimezone(SHANGHAI),
        "place": meeting.place,
        "chair": meeting.chair.name,
        "remark": meeting.remark,
        "entries": [_frozen_line(line) for line in programme.lines],
        "standing": [one.words for one in programme.standing],
        "recipients": [
            {"person": one.person.pk, "name": one.person.name, "capacity": one.capacity} for one in draft.recipients
        ],
        "due": draft.due,
        "issuer": f"{actor.committee.short_name}办公室",
        "addressed_to": f"{actor.committee.office_word}{ADDRESSED[Body.Kind(meeting.body.kind)]}，各有关单位",
        "contact": f"{actor.person.name}{phone}",
    }
    return _plain(content)


def _plain(value: Any) -> Any:
    """As it is read back from the sealed bytes."""
    return read_canonical(canonical_bytes(value))


def _frozen_line(line: Line) -> dict[str, Any]:
    return {
        "entry": line.entry.pk,
        "number": line.number,
        "title": line.entry.title,
        "handling": line.entry.handling,
        "minutes": line.entry.minutes,
        "presenter": line.entry.presenter,
        "units": line.units,
        "attendants": line.called,
        "items": [{"item": matter.item_id, "version": matter.digest} for matter in line.matters],
    }


def content_digest(content: Mapping[str, Any]) -> str:
    """What a confirming page carries, so that exactly what it showed goes out."""
    return sha256_hex(canonical_bytes(dict(content)))


SAID = {
    "starts_at": "时间",
    "place": "地点",
    "chair": "主持人",
    "title": "会议名称",
    "remark": "注意事项",
    "entries": "议程",
    "standing": "列席人员",
    "recipients": "通知对象",
}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What changed since a notice, in words; empty where it still says everything."""
    return [word for key, word in SAID.items() if before.get(key) != after.get(key)]


def untold(content: Mapping[str, Any], programme: Programme) -> list[str]:
    """What nobody was told by this notice: another time, entries added since or changed in title, way or text."""
    told = {one["entry"]: one for one in content["entries"]}
    said = (
        [] if content["starts_at"] == _plain(programme.meeting.starts_at.astimezone(SHANGHAI)) else ["会议时间有改动"]
    )
    for line in programme.lines:
        before, now = told.get(line.entry.pk), _frozen_line(line)
        if before is None:
            said.append(f"新列入了第{line.number}项「{line.entry.title}」")
        elif any(before[key] != now[key] for key in ("title", "handling", "items")):
            said.append(f"第{line.number}项「{line.entry.title}」有改动")
    return said


class Point(NamedTuple):
    """Something open before the notice; `stops` where it cannot go without."""

    stops: bool
    sentence: str


def open_points(draft: Draft, deadlines: Deadlines | None, now: datetime, today: date) -> list[Point]:
    """What still stands in the way of the notice, then what ought to be looked at."""
    programme, meeting = draft.programme, draft.programme.meeting
    points = []
    if not programme.lines:
        points.append(Point(True, "还没有议程。请从待上会的议题中列入至少一项。"))
    if meeting.starts_at <= now:
        points.append(Point(True, "开会时间已经过了。请先改时间。"))
    if not draft.members:
        points.append(Point(True, f"{meeting.body.name}在开会那天没有登记在任的成员。请先在「组织」里登记席位。"))
    if not _may_chair(draft):
        points.append(Point(True, f"主持人{meeting.chair.name}在开会那天不是书记、副书记。请先改主持人。"))
    points += [Point(True, sentence) for sentence in _lapsed(programme)]
    points += [Point(False, sentence) for sentence in _worth_a_look(draft, deadlines, today)]
    return points


def _may_chair(draft: Draft) -> bool:
    """Still 书记 or 副书记 on that day; the members in hand mostly tell."""
    meeting = draft.programme.meeting
    if any(one.acts and one.person.pk == meeting.chair_id and one.seat.kind in CHAIRING for one in draft.members):
        return True
    return meeting.chair_id in {person.pk for person in chairs_on(meeting.day)}


def _lapsed(programme: Programme) -> list[str]:
    day = programme.meeting.day
    return [
        f"第{line.number}项「{matter.title}」的前置程序到开会那天已过有效期。请移出议程，由提报单位重新办理。"
        for line in programme.lines
        for matter in line.matters
        if matter.valid_until and matter.valid_until < day
    ]


def _worth_a_look(draft: Draft, deadlines: Deadlines | None, today: date) -> list[str]:
    """Warnings: deadlines passed, nobody to report, no papers, a unit nobody can be told for, a sitting too long."""
    programme = draft.programme
    said = []
    if deadlines and today > deadlines.notice.day:
        said.append(f"按规则应在{cn_date(deadlines.notice.day, today)}前发出通知，现在已晚。仍可发出，请说明情况。")
    elif deadlines and today > deadlines.papers.day:
        said.append(f"材料应在{cn_date(deadlines.papers.day, today)}前分送，请尽快发出通知。")
    unspoken = [f"第{line.number}项" for line in programme.lines if not line.entry.presenter]
    if unspoken:
        said.append(f"{'、'.join(unspoken)}没有写汇报人。")
    bare = [f"第{line.number}项" for line in programme.lines if not (line.cadre or line.papers)]
    if bare:
        said.append(f"{'、'.join(bare)}没有材料。")
    if draft.headless:
        said.append(f"{'、'.join(draft.headless)}没有登记负责人，通知送不到。请在「组织」里登记，或另写明列席的人。")
    if programme.minutes > LONGEST_SITTING:
        said.append(f"议程共{cn_minutes(programme.minutes)}，可能开不完。")
    return said
