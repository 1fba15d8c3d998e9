"""Shapes of what is typed about meetings; rules are the services' business."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from agenda.items.forms import offer
from agenda.meetings.marks import attendants_mark, entry_mark
from agenda.meetings.models import AgendaEntry, Attendant, Meeting, Reply
from agenda.meetings.questions import MEETING_BODIES
from agenda.meetings.workflow import MeetingState
from committee.bodies.models import Body
from committee.units.models import Unit
from common.clock import SHANGHAI
from common.identity.models import Person
from common.web.days import DayField

ALL = ("", "全部")


class MeetingFilter(forms.Form):
    """Filters of the list; they stay in the address."""

    body = forms.ChoiceField(label="会议机构", required=False)
    year = forms.ChoiceField(label="年份", required=False)
    state = forms.ChoiceField(label="状态", required=False, choices=[ALL, *MeetingState.choices])

    def __init__(self, data: QueryDict, *, years: Iterable[int]) -> None:
        super().__init__(data)
        offer(self, "body", [ALL, *((kind.value, kind.label) for kind in MEETING_BODIES)])
        offer(self, "year", [ALL, *((str(year), f"{year} 年") for year in years)])


def offer_rows(form: forms.Form, name: str, rows: QuerySet) -> None:
    """Let a field choose among these rows; which they are is known only when the form is made."""
    cast(forms.ModelChoiceField, form.fields[name]).queryset = rows


class SeenForm(forms.Form):
    """A form that posts back what its page showed, as a mark (agenda.meetings.marks)."""

    seen = forms.CharField(widget=forms.HiddenInput(attrs={"id": False}))

    def now_seen(self, mark: str) -> None:
        """After a conflict the page says what stands; what is sent next is sent knowing it."""
        self.data = cast(QueryDict, self.data).copy()
        self.data["seen"] = mark


class PlanForm(forms.Form):
    """A plan: which body, when, where, who chairs."""

    body = forms.ModelChoiceField(label="会议", queryset=Body.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label="形式", choices=Meeting.Kind.choices, initial=Meeting.Kind.REGULAR)
    day = DayField(label="日期")
    time = forms.TimeField(label="时间", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label="地点", max_length=100)
    chair = forms.ModelChoiceField(
        label="主持人",
        queryset=Person.objects.none(),
        empty_label=None,
        help_text="由书记主持；书记委托副书记主持的，选受委托的副书记。",
    )
    recorder = forms.ModelChoiceField(
        label="记录人", queryset=Person.objects.none(), required=False, empty_label="暂不定"
    )
    remark = forms.CharField(
        label="注意事项",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="印在通知和议程上，如着装、携带材料。",
    )

    def __init__(self, *args: Any, chairs: list[Person], recorders: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "body" in self.fields:
            offer_rows(self, "body", Body.objects.filter(kind__in=MEETING_BODIES).order_by("-kind"))
        offer_rows(self, "chair", Person.objects.filter(pk__in=[one.pk for one in chairs]).by_post())
        offer_rows(self, "recorder", Person.objects.filter(pk__in=[one.pk for one in recorders]).by_post())

    def values(self) -> dict[str, Any]:
        """What the services take: day and time as one moment."""
        found = dict(self.cleaned_data)
        day, time = found.pop("day"), found.pop("time")
        return found | {"starts_at": datetime.combine(day, time, tzinfo=SHANGHAI)}


class ChangeForm(SeenForm, PlanForm):
    """A plan that has its body and numbers already."""

    body = None  # type: ignore[assignment]


class ReasonForm(forms.Form):
    """Why a meeting is cancelled or an entry removed."""

    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class EntryForm(SeenForm):
    """How long an entry takes and who reports."""

    minutes = forms.IntegerField(
        label="时长", help_text="分钟，后面各项的时间随之顺延", min_value=1, max_value=480, localize=False
    )
    presenter = forms.CharField(label="汇报人", max_length=60, required=False)

    def __init__(self, data: QueryDict | None = None, *, entry: AgendaEntry) -> None:
        shown = {"minutes": entry.minutes, "presenter": entry.presenter, "seen": entry_mark(entry)}
        super().__init__(data, initial=shown)


class AttendantsForm(SeenForm):
    """Who attends: units by choice, people by name."""

    units = forms.ModelMultipleChoiceField(
        label="列席单位",
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices unit-grid"}),
        help_text="通知发给单位负责人。",
    )
    people = forms.CharField(
        label="列席人员",
        required=False,
        max_length=500,
        help_text="写姓名，用顿号隔开，如：郑伯庸、姚静川。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "units", units)

    def clean_people(self) -> list[Person]:
        """Names as people; one that is unknown or shared by two is said, never guessed."""
        text = self.cleaned_data["people"]
        for sign in "，,；; 　":
            text = text.replace(sign, "、")
        names = [name for name in dict.fromkeys(text.split("、")) if name]
        found: dict[str, list[Person]] = {name: [] for name in names}
        for person in Person.objects.filter(name__in=names).current():
            found[person.name].append(person)
        unknown = [name for name, people in found.items() if not people]
        shared = [name for name, people in found.items() if len(people) > 1]
        if unknown:
            raise forms.ValidationError(f"查不到：{'、'.join(unknown)}。请核对姓名，或先在「组织」里登记此人。")
        if shared:
            raise forms.ValidationError(f"有重名：{'、'.join(shared)}。请改选其所在单位，由单位负责人列席。")
        return [people[0] for people in found.values()]


def names_of(attendants: Iterable[Attendant]) -> dict[str, Any]:
    """What the form shows of those who attend now."""
    rows = list(attendants)
    return {
        "seen": attendants_mark(rows),
        "units": [one.unit_id for one in rows if one.unit_id],
        "people": "、".join(one.person.name for one in rows if one.person),
    }


class ReplyForm(forms.Form):
    """One's own answer."""

    answer = forms.ChoiceField(label="答复", choices=Reply.Answer.choices)
    reason = forms.CharField(
        label="请假事由",
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="由书记批准。",
    )


class TelephoneReplyForm(ReplyForm):
    """An answer that 秘书科 took by telephone."""

    person = forms.ModelChoiceField(label="答复人", queryset=Person.objects.none(), empty_label="请选择")
    field_order = ("person", "answer", "reason")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "person", people)
