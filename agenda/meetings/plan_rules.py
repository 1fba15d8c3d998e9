"""What every plan of a meeting must hold to: time, 届, place, chair. One deciding place for planning and changing."""

from datetime import date, datetime

from agenda.meetings.models import Meeting
from agenda.meetings.questions import chairs_on
from agenda.meetings.workflow import MeetingState
from committee.bodies.models import Body, Term
from committee.bodies.questions import term_on
from common import clock
from common.identity.models import Person
from common.services import Refused
from common.web.formats import cn_datetime, cn_full_date


def demand_time(body: Body, starts_at: datetime, *, but: Meeting | None = None) -> None:
    """A meeting lies in the future, and a body sits once at a time."""
    if starts_at <= clock.now():
        raise Refused("开会时间已经过了，请改为今后的时间。", field="starts_at")
    others = Meeting.objects.filter(body=body, starts_at=starts_at).exclude(state=MeetingState.CANCELLED)
    other = others.exclude(pk=but.pk if but else 0).with_names().first()
    if other:
        when = cn_datetime(starts_at, clock.today())
        raise Refused(f"{other}已安排在{when}。请在那次会议上修改，或另选时间。", field="starts_at")


def demand_term(day: date) -> Term:
    """The 届 of the day; a meeting is counted in it."""
    term = term_on(day)
    if term is None:
        raise Refused(
            f"{cn_full_date(day)}不在已登记的任何一届之内。请秘书科先在「组织」里登记届次或延期换届。",
            field="starts_at",
        )
    return term


def demand_place(place: str) -> str:
    if not place.strip():
        raise Refused("请写明开会地点。", field="place")
    return place.strip()


def demand_chair(chair: Person | None, day: date) -> Person:
    """书记, or a 副书记 in office on that day whom 书记 entrusts (rules.md §1)."""
    able = chairs_on(day)
    if not able:
        raise Refused("这一天没有在任的书记、副书记，无法确定主持人。请先在「组织」里登记席位。", field="chair")
    if chair is None:
        return able[0]
    if chair.pk not in {person.pk for person in able}:
        names = "、".join(person.name for person in able)
        raise Refused(f"会议由书记主持，或由书记委托副书记主持；{chair.name}不能主持。可选：{names}。", field="chair")
    return chair
