"""Shape of what the clerk types: a line of the record, hands, reasons, and what was decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast

from django import forms

from agenda.meetings.models import AgendaEntry
from committee.units.models import Unit
from common.identity.models import Person
from common.web.days import DayField
from decisions.hall.models import EntryNote
from decisions.outcomes.matters import QUESTIONS_CHANGED, MatterInput, leaders_on, outcomes_for, reach_of
from decisions.outcomes.models import Outcome
from decisions.votes.models import Question, RoundResult

Kind = EntryNote.Kind
SPOKEN = [(kind.value, kind.label) for kind in (Kind.REPORT, Kind.POINT, Kind.CHAIR, Kind.NOTE)]
VIEW = (Kind.VIEW.value, Kind.VIEW.label)


class NoteForm(forms.Form):
    """A line of the record."""

    kind = forms.ChoiceField(label="种类", choices=[*SPOKEN, VIEW])
    speaker = forms.CharField(label="发言人", max_length=60, required=False)
    text = forms.CharField(label="内容", max_length=4000, widget=forms.Textarea)


class CorrectNoteForm(forms.Form):
    """What a line should have said."""

    text = forms.CharField(label="更正为", max_length=4000, widget=forms.Textarea)


class RecusalForm(forms.Form):
    """Who is recused, who brought it up, and why."""

    person = forms.TypedChoiceField(label="谁回避", coerce=int)
    basis = forms.ChoiceField(label="由谁提出", choices=EntryNote.Basis.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="与本项的关系",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="记入会议记录和纪要。例如：其配偶在承建企业任职。",
    )

    def __init__(self, data: Any, *, people: Mapping[int, Person], **given: Any) -> None:
        super().__init__(data, **given)
        _offer_people(self, people)


class OpinionForm(forms.Form):
    """An opinion kept beside the vote, by name."""

    person = forms.TypedChoiceField(label="谁的意见", coerce=int)
    text = forms.CharField(
        label="意见",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="到会的记为保留意见；没有到会的记为书面意见，当场宣读，不计入票数。",
    )

    def __init__(self, data: Any, *, people: Mapping[int, Person], **given: Any) -> None:
        super().__init__(data, **given)
        _offer_people(self, people)


class QuestionForm(forms.Form):
    """A further 议决事项."""

    text = forms.CharField(label="议决事项", max_length=500)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class DeferForm(forms.Form):
    """Why it is put off, and who does what until it comes back."""

    reason = forms.CharField(label="缓议的理由", max_length=240, widget=forms.Textarea(attrs={"rows": 3}))
    todo = forms.CharField(
        label="由谁做什么",
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：住建局会同财政局补充资金方案，12月底前再报。",
    )


class HandsForm(forms.Form):
    """Raised hands; the fields are those of the kind of matter."""

    def __init__(self, data: Any = None, *, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        for value, label in choices:
            self.fields[value] = forms.IntegerField(label=label, min_value=0, required=False)

    @property
    def count(self) -> dict[str, int]:
        """What is left empty is nobody."""
        return {name: self.cleaned_data[name] or 0 for name in self.fields}


@dataclass(frozen=True)
class Choices:
    """Leaders and units of the meeting's day, looked up once for all matters of the form."""

    day: date

    @cached_property
    def leaders(self) -> dict[int, Person]:
        return leaders_on(self.day)

    @cached_property
    def units(self) -> dict[int, Unit]:
        return {unit.pk: unit for unit in Unit.objects.on(self.day).in_order()}


class MatterForm(forms.Form):
    """One 议定事项."""

    outcome = forms.ChoiceField(label="结果")
    text = forms.CharField(label="议定内容", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    leader = forms.TypedChoiceField(label="责任领导", required=False, coerce=int, empty_value=None)
    lead_unit = forms.TypedChoiceField(label="责任单位", required=False, coerce=int, empty_value=None)
    due_on = DayField(label="完成时限", required=False)
    co_units = forms.TypedMultipleChoiceField(
        label="配合单位", required=False, coerce=int, empty_value=[], widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        data: Any,
        *,
        question: Question,
        result: RoundResult | None,
        outcomes: Sequence[Outcome],
        choices: Choices,
        **given: Any,
    ):
        super().__init__(data, **given)
        self.question, self.result, self.listed = question, result, choices
        leaders = [(pk, person.name) for pk, person in choices.leaders.items()]
        units = [(pk, unit.short_name) for pk, unit in choices.units.items()]
        self._offer("outcome", [(one.value, one.label) for one in outcomes])
        self._offer("leader", [("", "（不写）"), *leaders])
        self._offer("lead_unit", [("", "（不写）"), *units])
        self._offer("co_units", units)

    def _offer(self, name: str, choices: Sequence[tuple[Any, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    @property
    def matter(self) -> MatterInput:
        given = self.cleaned_data
        return MatterInput(
            question=self.question,
            outcome=Outcome(given["outcome"]),
            text=given["text"],
            leader=self.listed.leaders.get(given["leader"]),
            lead_unit=self.listed.units.get(given["lead_unit"]),
            co_units=[self.listed.units[pk] for pk in given["co_units"]],
            due_on=given["due_on"],
        )


class DecisionForm:
    """All matters of an entry, with a summary and, where a decision is corrected, the reason.

    The fields of a matter are named by its question, and `questions` says which were shown: what was typed for one
    question never comes to stand under another.
    """

    class Whole(forms.Form):
        summary = forms.CharField(
            label="会议要点",
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text="写入纪要时前面加「会议认为，」；已经以会议听取、会议指出、会议强调等开头的，照原文写入。",
        )

    class WithReason(Whole):
        reason = forms.CharField(label="更正理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self,
        data: Any,
        entry: AgendaEntry,
        proposed: Sequence[MatterInput],
        results: dict[int, RoundResult],
        *,
        correcting: bool = False,
        summary: str = "",
    ) -> None:
        choices, reach = Choices(entry.meeting.day), reach_of(entry)
        kind = self.WithReason if correcting else self.Whole
        self.whole = kind(data, initial={"summary": summary})
        self.bound = data is not None
        self.seen = data.get("questions", "") if self.bound else ""
        shown = self.seen.split(",")
        self.matters = [
            MatterForm(
                data if str(matter.question.pk) in shown else None,
                prefix=f"q{matter.question.pk}",
                question=matter.question,
                result=results.get(matter.question.pk),
                outcomes=outcomes_for(results.get(matter.question.pk), reach),
                choices=choices,
                initial=_initial(matter),
            )
            for matter in proposed
        ]

    @property
    def questions(self) -> str:
        """The ids of the questions as they stand now, in order."""
        return ",".join(str(one.question.pk) for one in self.matters)

    @property
    def forms(self) -> Iterable[forms.Form]:
        return (*self.matters, self.whole)

    def is_valid(self) -> bool:
        """Every form is asked, so that all that is wrong is said at once; and whether the questions are those shown."""
        if self.bound and self.seen != self.questions:
            self.whole.add_error(None, QUESTIONS_CHANGED)
        return not [form for form in self.forms if not form.is_valid()]

    @property
    def has_errors(self) -> bool:
        return any(form.errors for form in self.forms)

    def add_error(self, field: str | None, message: str) -> None:
        """A refusal of the service at the form it speaks of: `0-text` is there the text of the first matter."""
        prefix, _, name = (field or "").partition("-")
        if prefix.isdigit() and int(prefix) < len(self.matters):
            self.matters[int(prefix)].add_error(name, message)
        else:
            self.whole.add_error(field if field in self.whole.fields else None, message)


def _initial(matter: MatterInput) -> dict[str, Any]:
    return {
        "outcome": str(matter.outcome),
        "text": matter.text,
        "leader": matter.leader.pk if matter.leader else None,
        "lead_unit": matter.lead_unit.pk if matter.lead_unit else None,
        "co_units": [unit.pk for unit in matter.co_units],
        "due_on": matter.due_on,
    }


def _offer_people(form: forms.Form, people: Mapping[int, Person]) -> None:
    listed = [("", "请选择"), *((pk, person.name) for pk, person in people.items())]
    cast(forms.ChoiceField, form.fields["person"]).choices = listed
