"""工作日历: a year as the offices hang it on the wall, and entering one that was published."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from committee.register.calendar import changed_days, read_days
from committee.register.forms import CalendarForm
from committee.register.policies import demand_calendar_keeper, may_publish_calendar
from committee.register.services.publish_calendar import publish_calendar
from common import clock
from common.calendar.models import CalendarDay
from common.calendar.publish import working_calendar
from common.services import Refused
from common.web.acts import Question, write_page
from common.web.formats import cn_full_date, weekday
from common.web.request import ActorRequest
from common.web.sections import RULES, section_tabs

FIRST, LAST = 2000, 2100


@dataclass(frozen=True)
class Day:
    """A day of the wall calendar; `name` is the holiday's or the 调休's."""

    day: date
    working: bool
    name: str

    @property
    def kind(self) -> str:
        """What is marked: a weekday off, a weekend worked, an ordinary day of rest, nothing."""
        if self.working:
            return "shifted" if self.day.weekday() >= 5 else "plain"
        return "holiday" if self.name else "rest"


@dataclass(frozen=True)
class Holiday:
    """One holiday with its days off and the weekends worked for it."""

    name: str
    off: list[date]
    worked: list[date]

    @property
    def first(self) -> date:
        return self.off[0]

    @property
    def last(self) -> date:
        return self.off[-1]


@require_GET
def calendar(request: ActorRequest) -> HttpResponse:
    """One year, month by month."""
    year = _year(request)
    named = {row.day: row for row in CalendarDay.objects.filter(day__year=year)}
    known = working_calendar()
    weeks = Calendar()

    def shown(day: date) -> Day:
        row = named.get(day)
        return Day(day, known.is_working(day), row.name if row else "")

    months = [
        (month, [[shown(day) if day.month == month else None for day in week] for week in _weeks(weeks, year, month)])
        for month in range(1, 13)
    ]
    days = [day for _, rows in months for row in rows for day in row if day]
    return render(
        request,
        "committee/register/calendar.html",
        {
            "year": year,
            "months": months,
            "today": clock.today(),
            "published": year in known.published_years,
            "source": next((row.source for row in named.values()), ""),
            "working": sum(day.working for day in days),
            "holidays": _holidays(days),
            "years": [year - 1, year + 1],
            "may_publish": may_publish_calendar(request.actor),
            "section": section_tabs(RULES, request.actor),
        },
    )


def publish(request: ActorRequest) -> HttpResponse:
    """Enter a year from the lines of the arrangement."""
    demand_calendar_keeper(request.actor)
    form = CalendarForm(request.POST or None, initial={"year": clock.today().year + 1})
    if form.is_valid():
        _check_lines(form)
    return write_page(
        request,
        form,
        lambda data: publish_calendar(
            actor=request.actor,
            year=data["year"],
            exceptions=read_days(data["days"], data["year"]),
            source=data["source"],
        ),
        title="录入放假安排",
        label="录入",
        note="国务院办公厅公布后录入；录入后按它计算工作日，不再是暂定。本系统各级党委共用，一处录入，处处生效。",
        back=reverse("committee:calendar"),
        crumbs=[("工作日历", reverse("committee:calendar"))],
        done="工作日历已录入。",
        ask=_question,
        to=lambda _: f"{reverse('committee:calendar')}?year={form.cleaned_data['year']}",
    )


def _check_lines(form: CalendarForm) -> None:
    """What is unclear in the lines stands at the form before anything is asked."""
    try:
        read_days(form.cleaned_data["days"], form.cleaned_data["year"])
    except Refused as refusal:
        form.add_error("days", refusal.message)


def _question(data: dict[str, object]) -> Question:
    """Every exceptional day as it was understood, and how many days change."""
    year = int(str(data["year"]))
    exceptions = read_days(str(data["days"]), year)
    changed = changed_days(year, exceptions)
    said = {True: "上班", False: "放假"}
    facts = [
        (f"{cn_full_date(each.day)}（{weekday(each.day)}）", f"{said[each.working]}　{each.name}")
        for each in exceptions
    ]
    return Question(
        f"{year} 年的工作日历将按「{data['source']}」录入，改动 {len(changed)} 天；其余日子周一至周五上班。",
        facts,
    )


def _holidays(days: list[Day]) -> list[Holiday]:
    """The year's holidays in order; a worked weekend belongs to the holiday its name begins with."""
    off: dict[str, list[date]] = {}
    for day in days:
        if day.kind == "holiday":
            off.setdefault(day.name, []).append(day.day)
    worked = [day for day in days if day.kind == "shifted"]
    return [Holiday(name, rest, [day.day for day in worked if day.name.startswith(name)]) for name, rest in off.items()]


def _weeks(weeks: Calendar, year: int, month: int) -> list[list[date]]:
    return weeks.monthdatescalendar(year, month)


def _year(request: ActorRequest) -> int:
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else clock.today().year
    return min(max(year, FIRST), LAST)
