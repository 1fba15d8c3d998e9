"""A meeting that was held and has closed, as its 纪要 finds it; and the 纪要 on its way to being signed.

第21次常委会: 城东学校 decided by name (8 for, 贺北辰 against, 邵闻笛 abstains), a report heard, another one deferred.
雷定远 is on approved leave, 马春屿 comes late, 林知微 and 曹以谦 are called in.
"""

from datetime import date, timedelta
from typing import Any

from agenda.items.models import Item
from agenda.meetings.models import AgendaEntry, Meeting
from agenda.meetings.services.reply_to_notice import reply_to_notice
from agenda.meetings.services.rule_leave import rule_leave
from committee.units.models import Unit
from common.records.chain import seal
from common.workflow import move
from decisions.hall.models import Sitting
from decisions.hall.services.arrive import arrive
from decisions.hall.services.close_meeting import close_meeting
from decisions.hall.services.note_entry import note_entry
from decisions.hall.services.open_meeting import open_meeting
from decisions.hall.services.pass_rest import pass_rest
from decisions.hall.services.sign_in import sign_in
from decisions.minutes.frozen import frozen_text
from decisions.minutes.models import Minutes, MinutesDraft
from decisions.minutes.services.correct_minutes import correct_minutes
from decisions.minutes.services.review_minutes import review_minutes
from decisions.minutes.services.save_minutes import save_minutes
from decisions.minutes.services.sign_minutes import sign_minutes
from decisions.minutes.services.start_minutes import start_minutes
from decisions.minutes.services.submit_minutes import submit_minutes
from decisions.outcomes.matters import MatterInput
from decisions.outcomes.services.decide_entry import decide_entry
from decisions.outcomes.services.defer_entry import defer_entry
from decisions.outcomes.services.hear_entry import hear_entry
from decisions.rules.models import VotingRuleSet
from decisions.votes.models import Question, Round
from decisions.votes.services.agree_orally import agree_orally
from decisions.votes.services.begin_entry import begin_entry
from decisions.votes.services.cast_rest import cast_rest
from decisions.votes.services.cast_vote import cast_vote
from decisions.votes.services.close_round import close_round
from decisions.votes.services.open_round import open_round
from tests.decisions.hall_story import MEMBERS, recuse
from tests.support.cast import District
from tests.support.meetings import call, on_agenda, planned_meeting
from tests.support.stories import heard_item, ready_item
from tests.support.time import Clock
from tests.support.told import story

CLOSED_AT = "2026-11-26 16:30"
PRESENT = [name for name in MEMBERS if name not in ("雷定远", "马春屿")]
REASON = "学位缺口测算偏高，建议分期建设"


def school_and_two(district: District) -> list[Item]:
    """城东学校, a report to be heard, and one that will be deferred."""
    ecology = {"title": "关于农村人居环境整治情况的汇报", "unit": "农业农村局", "presenter": "田守禾"}
    return [ready_item(district), heard_item(district), heard_item(district, **ecology, attendants=())]


@story
def held_meeting(district: District, *items: Item, day: str = "2026-11-26") -> Meeting:
    """In session at 下午3点, on 11月26日 unless said otherwise, with 9 members and two guests; 雷定远 has leave."""
    meeting = planned_meeting(district, at=f"{day} 15:00", recorder=district.office.person)
    on_agenda(district, meeting, *(items or school_and_two(district)))
    call(district, meeting)
    member = district.actor("雷定远")
    reply = reply_to_notice(actor=member, meeting=meeting, answer="leave", reason="参加省、市集训")
    rule_leave(actor=district.secretary, reply=reply, approved=True)
    Clock().set(f"{day} 14:50")
    sign_in(actor=district.office, meeting=meeting, people=[district.person(name) for name in PRESENT])
    for guest in ("林知微", "曹以谦"):
        arrive(actor=district.office, meeting=meeting, person=district.person(guest))
    open_meeting(actor=district.office, meeting=meeting)
    Clock().set(f"{day} 15:10")
    arrive(actor=district.office, meeting=meeting, person=district.person("马春屿"))
    return Meeting.objects.with_names().get(pk=meeting.pk)


def entries(meeting: Meeting) -> list[AgendaEntry]:
    return list(AgendaEntry.objects.filter(meeting=meeting).on_agenda())


def decide(district: District, entry: AgendaEntry, *, co: tuple[str, ...] = ("财政局",), **given: Any) -> None:
    """All questions carried: the first by name 8:1:1, the others orally; then written down."""
    begin_entry(actor=district.office, entry=entry)
    note_entry(actor=district.office, entry=entry, kind="point", text="要压实工期责任", speaker="陆景和")
    pass_rest(actor=district.office, entry=entry)
    note_entry(actor=district.office, entry=entry, kind="chair", text="要把好事办好")
    first, *others = Question.objects.filter(entry=entry, dropped_at__isnull=True)
    round_ = open_round(actor=district.office, question=first, form=Round.Form.RECORDED)
    cast_vote(actor=district.office, round_=round_, person=district.person("贺北辰"), choice="oppose", reason=REASON)
    cast_vote(actor=district.office, round_=round_, person=district.person("邵闻笛"), choice="abstain")
    cast_rest(actor=district.office, round_=round_, choice="approve")
    close_round(actor=district.office, round_=round_)
    for question in others:
        agree_orally(actor=district.office, question=question)
    unit = Unit.objects.get(short_name=given.get("unit", "教体局"))
    decide_entry(
        actor=district.office,
        entry=entry,
        matters=[
            MatterInput(
                question,
                "passed",
                question.text,
                leader=district.person(given.get("leader", "闻人澈")),
                lead_unit=unit,
                co_units=[Unit.objects.get(short_name=name) for name in co],
                due_on=given.get("due_on"),
            )
            for question in (first, *others)
        ],
    )


@story
def closed_meeting(district: District, *items: Item) -> Meeting:
    """Held and closed on 11月26日."""
    meeting = held_meeting(district, *items)
    school, report, ecology = entries(meeting)
    decide(district, school)
    begin_entry(actor=district.office, entry=report)
    hear_entry(actor=district.office, entry=report)
    defer_entry(actor=district.office, entry=ecology, reason="数据尚待核实", todo="农业农村局会同财政局核实数据")
    return closed(district, meeting)


def closed(district: District, meeting: Meeting) -> Meeting:
    """At 下午4:30 of its day."""
    Clock().set(f"{meeting.day} 16:30")
    close_meeting(actor=district.office, meeting=meeting)
    return Meeting.objects.with_names().select_related("committee", "recorder").get(pk=meeting.pk)


@story
def drafted(district: District, meeting: Meeting) -> Minutes:
    """The 纪要 as the records wrote it."""
    return start_minutes(actor=district.office, meeting=meeting)


@story
def reviewed(district: District, meeting: Meeting) -> Minutes:
    """Handed in by 秘书科, reviewed by its director."""
    minutes = drafted(district, meeting)
    submit_minutes(actor=district.office, minutes=minutes)
    return review_minutes(actor=district.director, minutes=minutes)


@story
def signed(district: District, meeting: Meeting) -> Minutes:
    """Signed by 书记, who chaired; the next morning."""
    minutes = reviewed(district, meeting)
    Clock().set("2026-11-27 09:00")
    return sign_minutes(actor=district.secretary, minutes=minutes)


def revision_of(minutes: Minutes) -> int:
    return MinutesDraft.objects.get(minutes=minutes).revision


def typed(district: District, minutes: Minutes, **fields: str) -> MinutesDraft:
    """秘书科 types into these fields (`e12_body` for e12-body)."""
    named = {name.replace("_", "-", 1) if name[0] in "em" and name[1].isdigit() else name: value
             for name, value in fields.items()}  # fmt: skip
    return save_minutes(actor=district.office, minutes=minutes, fields=named, revision=revision_of(minutes))


LONG = (
    ("关于新建城东学校的请示", "教体局", "林知微", "闻人澈", ("发改局", "财政局", "住建局"),
     ("同意新建城东学校，总投资1.8亿元，列入2027年区级政府投资计划", "由住建局代建，2028年8月投入使用")),
    ("关于实施老旧小区改造的请示", "住建局", "丁筑", "岑以宁", ("财政局", "云川街道"),
     ("同意《云川区2027年老旧小区改造实施方案》，改造小区14个、4,260户，总投资2.6亿元",)),
    ("关于高铁片区控制性详细规划的请示", "自然资源局", "方岩", "岑以宁", ("发改局", "住建局", "锦亭街道"),
     ("同意高铁片区控制性详细规划，按法定程序报批",)),
    ("关于防汛抢险资金临机处置情况的请示", "应急管理局", "石磊川", "邬思远", ("财政局", "柳浦镇"),
     ("同意追认防汛抢险资金1,200万元的临机处置", "由财政局会同应急管理局完善资金拨付手续")),
    ("关于青岩镇产业园合作协议的请示", "发改局", "唐砺", "岑以宁", ("青岩镇", "司法局"),
     ("原则同意青岩镇产业园合作协议，由发改局会同司法局修改完善后按程序签订",)),
)  # fmt: skip


@story
def long_meeting(district: District, day: str) -> Meeting:
    """Eight entries: one conveyed, one heard, five decided (one with a recusal), one deferred; held and closed."""
    conveyed = heard_item(
        district, title="传达学习省委关于优化营商环境工作会议精神", handling="convey", presenter="沈砚清", attendants=()
    )
    decided = [
        ready_item(district, title=title, unit=unit, presenter=presenter, matters=list(matters), attendants=co)
        for title, unit, presenter, _, co, matters in LONG
    ]
    waste = ready_item(
        district, title="关于生活垃圾焚烧处理设施选址的请示", unit="卫健局", presenter="白芷兰", attendants=("住建局",)
    )
    meeting = held_meeting(district, conveyed, heard_item(district), *decided, waste, day=day)
    first, second, *middle, last = entries(meeting)
    for entry in (first, second):
        begin_entry(actor=district.office, entry=entry)
        hear_entry(actor=district.office, entry=entry)
    for entry, (_, unit, _, leader, co, _) in zip(middle, LONG, strict=True):
        if unit == "自然资源局":
            recuse(district, entry, "马春屿")
        decide(district, entry, unit=unit, leader=leader, co=co, due_on=date(2027, 12, 31))
    defer_entry(
        actor=district.office,
        entry=last,
        reason="选址比选不充分，群众意见尚未听取",
        todo="由卫健局会同住建局补充比选方案",
    )
    return closed(district, meeting)


def held_before(district: District, number: int, *, first: int = 1, drafts: bool = True) -> None:
    """That many closed meetings without entries, each with a draft, if not said otherwise; for lists to be long."""
    rules = VotingRuleSet.objects.latest("pk")
    for place in range(first, first + number):
        day = date(2027, 1, 1) + timedelta(days=place)
        meeting = planned_meeting(district, at=f"{day} 09:00")
        meeting = Meeting.objects.with_names().get(pk=meeting.pk)
        for verb in ("notify", "open"):
            move(meeting, verb, actor=district.office)
        record = seal("sitting/1", meeting, {"meeting": meeting.pk}, actor=district.office)
        Sitting.objects.create(
            committee=district.committee, meeting=meeting, rule_set=rules, chair=meeting.chair,
            opened_at=meeting.starts_at, closed_at=meeting.starts_at, record=record,
        )  # fmt: skip
        move(meeting, "close", actor=district.office)
        if not drafts:
            continue
        minutes = Minutes.objects.create(committee=district.committee, meeting=meeting, created_at=meeting.starts_at)
        MinutesDraft.objects.create(
            committee=district.committee, minutes=minutes, saved_at=meeting.starts_at, saved_by=district.office.person
        )


def many_notices(district: District) -> None:
    """Two corrections in a row, each with a notice to every unit of the district."""
    for text in ("同意新建学校", "同意新建城东学校"):
        minutes = Minutes.objects.get(state="signed")
        one = frozen_text(minutes).sections[0].resolutions[0]
        others = Unit.objects.exclude(short_name=one.lead_unit).values_list("short_name", flat=True)
        correction = correct_minutes(actor=district.office, minutes=minutes, reason="配合单位不全")
        typed(district, correction, **{f"m{one.matter}_co": "、".join(others), f"m{one.matter}_text": text})
        review_minutes(actor=district.director, minutes=correction)
        sign_minutes(actor=district.secretary, minutes=correction)
