"""Shape of what is typed about a ballot: the draft, its officers, what tellers counted, codes, the seal."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms

from agenda.meetings.models import AgendaEntry
from common.identity.models import Person
from common.web.days import DayField
from decisions.ballots.models import Ballot
from decisions.ballots.policies import SCRUTINEERS, officers_of
from decisions.ballots.questions import option_words
from decisions.hall.models import Sitting
from decisions.hall.questions import rule_for
from decisions.votes.models import Question

BETWEEN = re.compile(r"[、，,；;\s]+")


class DraftForm(forms.Form):
    """Names, way, places, who is recused from one name, who may be written in."""

    questions = forms.TypedMultipleChoiceField(
        label="票面各项", coerce=int, widget=forms.CheckboxSelectMultiple, help_text="按议决事项的顺序印在票上。"
    )
    way = forms.ChoiceField(
        label="方式",
        choices=Ballot.Way.choices,
        initial=Ballot.Way.DEVICE,
        widget=forms.RadioSelect,
        help_text="电子票由各人在自己的平板上填写；不能启用脚本或到会有表决权的不足五人的，用纸质票。",
    )
    places = forms.IntegerField(
        label="应选名额", min_value=1, required=False, help_text="差额或等额选举填写；逐人表决的不填。"
    )
    roster = forms.CharField(
        label="可另选的人", required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="选举允许另选他人的，列出姓名，用顿号分开。",
    )  # fmt: skip
    reason = forms.CharField(label="再次表决的理由", max_length=200, required=False)

    def __init__(self, data: Any, *, entry: AgendaEntry, sitting: Sitting, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        rule = rule_for(sitting, entry)
        ways = [way for way in Ballot.Way.choices if rule is None or way[0] in rule.ways]
        cast(forms.ChoiceField, self.fields["way"]).choices = ways
        if len(ways) == 1:
            self.initial["way"] = ways[0][0]
        self.asked = list(Question.objects.filter(entry=entry, dropped_at__isnull=True))
        self.due = {member.name: member.person_id for member in sitting.due_members.all()}
        choices = [(question.pk, question.text) for question in self.asked]
        cast(forms.ChoiceField, self.fields["questions"]).choices = choices
        for question in self.asked:
            self.fields[f"recused-{question.pk}"] = forms.CharField(
                label=f"只对「{question.text}」回避的成员", required=False, max_length=400
            )

    def clean_roster(self) -> list[Person]:
        return _people(self.cleaned_data["roster"], Person.objects.current(), "在册人员")

    def clean(self) -> dict[str, Any]:
        due = Person.objects.filter(pk__in=self.due.values())
        for question in self.asked:
            name = f"recused-{question.pk}"
            try:
                self.cleaned_data[name] = _people(self.cleaned_data.get(name, ""), due, "应到成员")
            except forms.ValidationError as error:
                self.add_error(name, error)
        return self.cleaned_data

    @property
    def given(self) -> dict[str, Any]:
        """As draft_ballot takes it; a name that is one person's in the register is that candidate."""
        data = self.cleaned_data
        chosen = [question for question in self.asked if question.pk in data["questions"]]
        return {
            "questions": chosen,
            "way": data["way"],
            "places": data["places"],
            "people": _candidates(chosen),
            "recused": {one.pk: data[f"recused-{one.pk}"] for one in chosen if data[f"recused-{one.pk}"]},
            "roster": data["roster"],
            "reason": data["reason"],
        }


class OfficersForm(forms.Form):
    """总监票人, two 监票人 and, on paper, two 计票人."""

    def __init__(self, data: Any, *, ballot: Ballot, people: Sequence[Person]) -> None:
        super().__init__(data)
        self.people = {str(person.pk): person for person in people}
        choices = [("", "请选择"), *((key, str(person)) for key, person in self.people.items())]
        labels = {"chief": "总监票人", "first": "监票人", "second": "另一名监票人"}
        if not ballot.on_device:
            labels |= {"teller": "计票人", "other": "另一名计票人"}
        for name, label in labels.items():
            self.fields[name] = forms.ChoiceField(label=label, choices=choices)

    @property
    def given(self) -> dict[str, Any]:
        chosen = {name: self.people[key] for name, key in self.cleaned_data.items()}
        tellers = [chosen[name] for name in ("teller", "other") if name in chosen]
        return {"chief": chosen["chief"], "scrutineers": [chosen["first"], chosen["second"]], "tellers": tellers}


class CodeInput(forms.TextInput):
    """A code that was typed is never shown again."""

    def format_value(self, value: Any) -> None:
        return None


class CodesForm(forms.Form):
    """The codes of two scrutineers; the third field stays empty."""

    def __init__(self, data: Any, *, ballot: Ballot) -> None:
        super().__init__(data)
        self.officers = {f"code-{one.pk}": one for one in officers_of(ballot, *SCRUTINEERS)}
        typed = {"autocomplete": "off", "inputmode": "numeric", "class": "vote-code"}
        for name, officer in self.officers.items():
            self.fields[name] = forms.CharField(
                label=f"{officer.person.name}的监票口令", required=False, max_length=40, widget=CodeInput(attrs=typed)
            )

    @property
    def codes(self) -> dict[Person, str]:
        return {officer.person: code for name, officer in self.officers.items() if (code := self.cleaned_data[name])}


class PaperTotalsForm(forms.Form):
    """What one teller counted: the box, then each name."""

    issued = forms.IntegerField(label="发出", min_value=0)
    received = forms.IntegerField(label="收回", min_value=0)
    invalid = forms.IntegerField(label="整张无效", min_value=0, initial=0)

    def __init__(self, data: Any, *, ballot: Ballot) -> None:
        super().__init__(data)
        self.slots = list(ballot.slots.select_related("question"))
        self.roster = list(ballot.roster.all())
        self.columns = list(zip([*ballot.options, "invalid"], [*option_words(ballot), "废票"], strict=True))
        for slot in self.slots:
            for field, word in self.columns:
                label = f"{slot.question.text}{word}"
                self.fields[f"{slot.pk}-{field}"] = forms.IntegerField(label=label, min_value=0, required=False)
        for one in self.roster:
            self.fields[f"other-{one.pk}"] = forms.IntegerField(label=f"另选{one.name}", min_value=0, required=False)

    @property
    def lines(self) -> Iterable[tuple[str, list[forms.BoundField]]]:
        """Per name its boxes."""
        return [(slot.question.text, [self[f"{slot.pk}-{field}"] for field, _ in self.columns]) for slot in self.slots]

    @property
    def box(self) -> list[forms.BoundField]:
        return [self["issued"], self["received"], self["invalid"]]

    @property
    def others(self) -> list[forms.BoundField]:
        return [self[f"other-{one.pk}"] for one in self.roster]

    @property
    def given(self) -> dict[str, Any]:
        """As enter_paper_totals takes it; what is left empty is nobody."""
        data = self.cleaned_data
        slots = {slot.pk: {field: data[f"{slot.pk}-{field}"] or 0 for field, _ in self.columns} for slot in self.slots}
        others = {one.pk: data[f"other-{one.pk}"] or 0 for one in self.roster}
        return {name: data[name] for name in ("issued", "received", "invalid")} | {"slots": slots, "others": others}


class SealForm(forms.Form):
    """The 封条 of the counted papers."""

    number = forms.CharField(label="封条号", max_length=60)
    keeper = forms.ChoiceField(label="保管人")
    keep_until = DayField(label="保存至")

    def __init__(self, data: Any, *, people: Sequence[Person]) -> None:
        super().__init__(data)
        self.people = {str(person.pk): person for person in people}
        choices = [("", "请选择"), *((key, str(person)) for key, person in self.people.items())]
        cast(forms.ChoiceField, self.fields["keeper"]).choices = choices

    @property
    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "keeper": self.people[self.cleaned_data["keeper"]]}


class BallotReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


def _people(text: str, among: Any, what: str) -> list[Person]:
    """Names parted by 、, each of one person among these."""
    found = []
    for name in filter(None, BETWEEN.split(text.strip())):
        fitting = list(among.filter(name=name)[:2])
        if len(fitting) != 1:
            raise forms.ValidationError(f"{what}中{'没有' if not fitting else '有几位'}{name}，请核对姓名。")
        found.append(fitting[0])
    return found


def _candidates(questions: Sequence[Question]) -> dict[int, Person]:
    named: dict[str, list[Person]] = {}
    for person in Person.objects.current().filter(name__in=[question.text.strip() for question in questions]):
        named.setdefault(person.name, []).append(person)
    found = {question.pk: named.get(question.text.strip(), []) for question in questions}
    return {pk: people[0] for pk, people in found.items() if len(people) == 1}
