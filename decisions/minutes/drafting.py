"""The 纪要 as the records alone write it: lists of people, and per entry what was heard, discussed and resolved."""

import re
from collections.abc import Iterable

from agenda.meetings.models import Meeting, Reply
from agenda.meetings.notice_content import ADDRESSED
from agenda.meetings.workflow import EntryState
from agenda.rules.models import DECIDING, Handling
from committee.bodies.models import Body
from common.tenancy.models import Committee
from common.web.formats import cn_full_date, cn_number, cn_time, weekday
from decisions.hall.models import Attendance, DueMember, EntryNote
from decisions.minutes.records import EntryRecord, MeetingRecords, load_records, units_on
from decisions.minutes.text import MinutesText, Resolution, Section
from decisions.outcomes.models import DecidedMatter
from decisions.votes.models import Choice, Round, RoundResult, Vote

CADRE_HEADING = "干部任免事项"
CADRE_BODY = "会议研究了干部任免事项，决定事项按干部管理权限和程序另行办理。"
_KIND_WORD = re.compile(r"的(请示|汇报|报告|通报|情况说明|说明|建议|方案|意见)$")
LED = tuple(f"会议{verb}" for verb in ("认为", "听取", "指出", "强调", "要求", "决定"))
DIFFERING = {Choice.OPPOSE: "反对", Choice.ABSTAIN: "弃权", Choice.DEFER: "主张缓议"}


def draft_from_records(meeting: Meeting) -> MinutesText:
    """Nothing is invented: what no record says is left for the recorder to write."""
    records = load_records(meeting)
    committee, body = meeting.committee, meeting.body
    present = _present(records)
    return MinutesText(
        mark=f"{committee.short_name}{_body_word(committee, body)}会议纪要",
        title=meeting.full_title,
        held_at=_held_at(records),
        place=meeting.place,
        chair=records.sitting.chair.name,
        recorder=meeting.recorder.name if meeting.recorder else "",
        issuer=f"{committee.short_name}办公室",
        opening=(_opening(records, len(present)),),
        sections=tuple(section_of(entry, records) for entry in records.entries),
        present=present,
        leave=_leave(records),
        absent=_absent(records),
        attending=_attending(records),
        sent_to=_sent_to(records),
    )


def _body_word(committee: Committee, body: Body) -> str:
    """常委会 of 区委常委会: the committee's own word is not said twice."""
    return body.name.removeprefix(committee.office_word)


def _held_at(records: MeetingRecords) -> str:
    """As it was opened, whatever hour it was called for: who came and left is told by the same clock."""
    moment = records.sitting.opened_at
    return f"{cn_full_date(moment)}（星期{weekday(moment)[-1]}）{cn_time(moment)}"


def _opening(records: MeetingRecords, present: int) -> str:
    chair = next((one for one in records.due if one.person_id == records.sitting.chair_id), None)
    due = sum(one.counts for one in records.due)
    who = f"{chair.post}{chair.name}" if chair else records.sitting.chair.name
    meeting = records.meeting
    return (
        f"{_held_at(records)}，{who}在{meeting.place}主持召开{meeting.full_title}。"
        f"会议应到{due}人，实到{present}人。现将会议议定事项纪要如下。"
    )


# People: who came, with when where it was not from beginning to end.


def _present(records: MeetingRecords) -> tuple[str, ...]:
    here = [one for one in records.due if one.counts and one.person_id in records.visits]
    return tuple(one.name + _stay(records, one.person_id) for one in here)


def _stay(records: MeetingRecords, person_id: int) -> str:
    """（下午3:25到会）, （下午4:10离席）; empty for who was there throughout."""
    events = records.visits[person_id]
    said = []
    if events[0].at > records.sitting.opened_at:
        said.append(f"{cn_time(events[0].at)}到会")
    if events[-1].kind == Attendance.Kind.DEPART:
        said.append(f"{cn_time(events[-1].at)}离席")
    return f"（{'，'.join(said)}）" if said else ""


def _leave(records: MeetingRecords) -> tuple[str, ...]:
    """Approved leave, with its reason."""
    return tuple(
        f"{one.name}（{reply.reason}）" for one in _missing(records) if (reply := _approved(records, one)) is not None
    )


def _absent(records: MeetingRecords) -> tuple[str, ...]:
    """Due, not come, and no leave approved; asked for all the same is said."""
    found = []
    for one in _missing(records):
        if _approved(records, one) is None:
            reply = records.replies.get(one.person_id)
            asked = reply is not None and reply.answer == Reply.Answer.LEAVE
            found.append(one.name + ("（请假未获批准）" if asked else ""))
    return tuple(found)


def _missing(records: MeetingRecords) -> list[DueMember]:
    return [one for one in records.due if one.counts and one.person_id not in records.visits]


def _approved(records: MeetingRecords, member: DueMember) -> Reply | None:
    reply = records.replies.get(member.person_id)
    ruling = getattr(reply, "ruling", None)
    return reply if ruling is not None and ruling.approved else None


def _attending(records: MeetingRecords) -> tuple[str, ...]:
    """Who came without counting in 应到, with the entries they came for."""
    counted = {one.person_id for one in records.due if one.counts}
    found = []
    for person in records.came:
        if person.pk not in counted:
            note = records.visits[person.pk][0].note
            remark = note or _called_for(records, person.pk)
            found.append(f"{person.name}（{remark}）" if remark else person.name)
    return tuple(found)


def _called_for(records: MeetingRecords, person_id: int) -> str:
    """第一、三项; empty for who attends throughout, or was called for every entry."""
    units = records.units_of.get(person_id, set())
    if any(one.person_id == person_id or one.unit_id in units for one in records.standing):
        return ""
    numbers = [cn_number(one.line.number) for one in records.entries if one.line.calls(person_id, units)]
    return f"第{'、'.join(numbers)}项" if 0 < len(numbers) < len(records.entries) else ""


def _sent_to(records: MeetingRecords) -> str:
    """The members, and every unit that reported, attended or has something to do."""
    meeting = records.meeting
    concerned = {one.unit_id for one in records.standing}
    for one in records.entries:
        if not one.line.cadre:
            concerned |= one.line.unit_ids | {call.unit_id for call in one.line.attendants}
            for matter in one.matters:
                concerned |= {matter.lead_unit_id, *(row.unit_id for row in matter.co_units.all())}
    names = [name for name, unit in units_on(meeting).items() if unit.pk in concerned]
    members = f"{meeting.committee.office_word}{ADDRESSED[Body.Kind(meeting.body.kind)]}"
    return f"{members}，{'、'.join(names)}。" if names else f"{members}。"


# Entries.


def section_of(one: EntryRecord, records: MeetingRecords) -> Section:
    """What the records say of one entry; of cadres nothing (rules.md §4)."""
    entry = one.entry
    if one.line.cadre:
        return Section(entry.pk, CADRE_HEADING, (CADRE_BODY,), cadre=True)
    return Section(
        entry=entry.pk,
        heading=_heading(entry.title, entry.handling),
        body=tuple(_body(one, records)),
        resolutions=tuple(_resolution(matter, one) for matter in one.matters),
        dissent=(*_dissent(one), *_kept(one)),
    )


def _heading(title: str, handling: str) -> str:
    """关于新建城东学校: the title without 的请示."""
    if handling == Handling.CONVEY:
        return title if title.startswith(("传达", "学习")) else f"传达学习{title}"
    subject = _KIND_WORD.sub("", title)
    return subject if subject.startswith("关于") else f"关于{subject}"


def _body(one: EntryRecord, records: MeetingRecords) -> list[str]:
    entry = one.entry
    said = [_heard(one, records)]
    if one.recused:
        names = "、".join(f"{name}（{_clause(why)}）" if why else name for name, why in one.recused.items())
        said.append(f"审议本项时，{names}回避。")
    if points := [_clause(note.text) for note in one.said(EntryNote.Kind.POINT)]:
        said.append(f"讨论中提出：{'；'.join(points)}。")
    said += [_led("会议强调", note.text) for note in one.said(EntryNote.Kind.CHAIR)]
    if one.decision and one.decision.summary:
        said.append(_led("会议认为", one.decision.summary))
    if entry.state == EntryState.DEFERRED:
        said += [f"对「{_clause(r.round.question.text)}」{vote_words(r)}" for r in one.results.values()]
        said.append(f"会议决定，本项缓议。{one.deferral}")
    elif entry.state == EntryState.HEARD and entry.handling in DECIDING:
        said.append("会议进行了酝酿，未作决定。")
    if views := [_clause(note.text) for note in one.said(EntryNote.Kind.VIEW)]:
        said.append(f"酝酿意见：{'；'.join(views)}。")
    return [paragraph for paragraph in said if paragraph]


def _heard(one: EntryRecord, records: MeetingRecords) -> str:
    """会议听取了区教体局局长林知微关于新建城东学校的汇报; nothing where it was deferred without a report."""
    entry = one.entry
    if entry.handling == Handling.CONVEY:
        subject = re.sub("^(传达学习|传达|学习)", "", entry.title)
        return f"会议传达学习了{subject}。"
    reports = one.said(EntryNote.Kind.REPORT)
    if entry.state == EntryState.DEFERRED and not reports:
        return ""
    speaker = reports[0].speaker if reports else entry.presenter
    word = _KIND_WORD.search(entry.title)
    kind = word.group(1) if word and word.group(1) in ("报告", "通报", "说明", "情况说明") else "汇报"
    return f"会议听取了{_with_post(speaker, records)}{_heading(entry.title, Handling.DISCUSS)}的{kind}。"


def _with_post(speaker: str, records: MeetingRecords) -> str:
    """区教体局局长林知微, where the name is known."""
    return records.posts.get(speaker, "") + speaker


def _resolution(matter: DecidedMatter, one: EntryRecord) -> Resolution:
    result = one.results.get(matter.question_id or 0)
    return Resolution(
        matter=matter.pk,
        outcome=matter.outcome,
        text=matter.text,
        vote=vote_words(result) if result else "",
        leader=matter.leader.name if matter.leader else "",
        lead_unit=matter.lead_unit.short_name if matter.lead_unit else "",
        co_units=tuple(row.unit.short_name for row in matter.co_units.all()),
        due_on=matter.due_on,
    )


def vote_words(result: RoundResult) -> str:
    """经记名表决，应到11人，实到11人，赞成9人，反对1人，弃权1人，通过。"""
    carried = "通过" if result.passed else "未通过"
    base = f"应到{result.due}人，实到{result.present}人"
    if result.round.form == Round.Form.ORAL:
        return f"经口头表决，{base}，一致赞成，{carried}。"
    counts = [("赞成", result.approve), ("反对", result.oppose), ("弃权", result.abstain)]
    silent = result.present - result.approve - result.oppose - result.abstain - result.deferred - result.invalid
    rest = (("缓议", result.deferred), ("废票", result.invalid), ("未表决", silent))
    counts += [(word, number) for word, number in rest if number]
    said = "，".join(f"{word}{number}人" for word, number in counts)
    return f"经{result.round.get_form_display()}表决，{base}，{said}，{carried}。"


def _dissent(one: EntryRecord) -> list[str]:
    """Who by name was of another opinion, with the reason given: a fact, without weighing it."""
    questions = [matter.question_id for matter in one.matters] or list(one.results)
    found = []
    for question in (question for question in questions if question in one.votes):
        votes = one.votes[question]
        where = f"对第{questions.index(question) + 1}项，" if len(questions) > 1 else ""
        found.append(f"{where}{'；'.join(_differing(votes))}。")
    return found


def _kept(one: EntryRecord) -> list[str]:
    """保留意见 and 书面意见 by name, as they were given (rules.md §2)."""
    kinds = {EntryNote.Kind.RESERVED: "保留意见", EntryNote.Kind.WRITTEN: "提交书面意见，当场宣读，不计入票数"}
    return [
        f"{note.speaker}同志{words}：{_clause(note.text)}。" for kind, words in kinds.items() for note in one.said(kind)
    ]


def _differing(votes: Iterable[Vote]) -> list[str]:
    return [
        f"{vote.person.name}同志{DIFFERING[Choice(vote.choice)]}"
        + (f"，理由是{_clause(vote.reason)}" if vote.reason else "")
        for vote in votes
    ]


def _led(begin: str, text: str) -> str:
    """会议认为，…: what was typed with such a beginning of its own keeps it."""
    clause = _clause(text)
    return f"{clause}。" if clause.startswith(LED) else f"{begin}，{clause}。"


def _clause(text: str) -> str:
    """A text without its full stop, to stand within a sentence."""
    return text.strip().rstrip("。；;")
