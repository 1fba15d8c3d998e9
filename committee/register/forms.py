"""Shapes of what is typed about people, units, seats, roles and logins; the services hold the rules."""

from typing import Any

from django import forms

from committee.bodies.models import Body, Seat, SeatState, Term
from committee.register.fields import PersonField
from committee.roles.models import Role
from committee.units.models import Unit
from common.identity.models import Person
from common.web.days import DayField

ORDERS = (("", "按职务"), ("pinyin", "按拼音"), ("stroke", "按姓氏笔画"))
EVERYTHING = [("", "全部")]
LAST = 9999
RANK_HELP = "数小的在前；不填排在最后。"
BASIS_HELP = "写明文件或会议，如「市委组织部通知」「区委常委会第14次会议」。"


LEADING = (Seat.Kind.SECRETARY, Seat.Kind.DEPUTY_SECRETARY, Seat.Kind.STANDING_MEMBER)
# Which seats a body has; 书记专题会 has the members whom 书记 calls.
KINDS = {
    Body.Kind.CONGRESS: (Seat.Kind.DELEGATE,),
    Body.Kind.PLENARY: (*LEADING, Seat.Kind.COMMITTEE_MEMBER, Seat.Kind.ALTERNATE_MEMBER),
    Body.Kind.STANDING: LEADING,
    Body.Kind.SECRETARY_MEETING: LEADING[:2],
}


class FilterForm(forms.Form):
    """Filters stay in the address; every list answers for a day."""

    day = DayField(label="哪一天", required=False)


class UnitFilter(FilterForm):
    q = forms.CharField(label="名称含", required=False, max_length=40)
    kind = forms.ChoiceField(label="类型", required=False, choices=[*EVERYTHING, *Unit.Kind.choices])
    field_order = ("q", "kind", "day")


class PersonFilter(FilterForm):
    q = forms.CharField(label="姓名或职务含", required=False, max_length=40)
    seat = forms.ChoiceField(label="席位", required=False, choices=[*EVERYTHING, *Seat.Kind.choices])
    order = forms.ChoiceField(label="顺序", required=False, choices=ORDERS)
    field_order = ("q", "seat", "order", "day")


class RoleFilter(FilterForm):
    q = forms.CharField(label="姓名或单位含", required=False, max_length=40)
    role = forms.ChoiceField(label="角色", required=False, choices=[*EVERYTHING, *Role.choices])
    field_order = ("q", "role", "day")


class AccountFilter(forms.Form):
    q = forms.CharField(label="姓名或登录名含", required=False, max_length=40)


class EndForm(forms.Form):
    """The last day of something that began."""

    valid_to = DayField(label="最后一天", help_text="含当日；从次日起不再有效。")


class VoidForm(forms.Form):
    """Why something was entered by mistake."""

    reason = forms.CharField(
        label="作废理由", max_length=200, help_text="只用于录错的；到期或变动的请写止日。作废后仍看得到，但不再计入。"
    )


class UnitForm(forms.Form):
    """A unit as it begins."""

    full_name = forms.CharField(label="全称", max_length=80, help_text="如「区教育和体育局」。")
    short_name = forms.CharField(label="简称", max_length=40, help_text="如「教体局」；台账和分工表里用它。")
    kind = forms.ChoiceField(label="类型", choices=Unit.Kind.choices)
    valid_from = DayField(label="自哪一天起")
    phone = forms.CharField(label="电话", required=False, max_length=40)
    rank_order = forms.IntegerField(label="排序", required=False, min_value=1, help_text=RANK_HELP)


class RankedForm(forms.ModelForm):
    """A row with a place in the order of protocol; the model's number for «last» is shown as nothing."""

    rank_order = forms.IntegerField(label="排序", required=False, min_value=1, help_text=RANK_HELP)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.initial.get("rank_order") == LAST:
            self.initial["rank_order"] = None


class CorrectionForm(RankedForm):
    """Of two who correct the same row the second is told: the form carries back what its page showed."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class UnitCorrection(CorrectionForm):
    class Meta:
        model = Unit
        fields = ("kind", "phone", "rank_order")


class RenameForm(forms.Form):
    full_name = forms.CharField(label="新的全称", max_length=80)
    short_name = forms.CharField(label="新的简称", max_length=40)
    valid_from = DayField(label="自哪一天起用新名称")


class PersonForm(RankedForm):
    """A person, when entered."""

    gender = forms.ChoiceField(label="性别", required=False, choices=[("", "没有登记"), *Person.Gender.choices])

    class Meta:
        model = Person
        fields = ("name", "post_title", "gender", "ethnicity", "rank_order", "phone", "email")


class PersonCorrection(CorrectionForm, PersonForm):
    """The same when corrected."""


class MergeForm(forms.Form):
    """Which entry of the same human stays."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"] = PersonField(label="并入哪一位（保留的）")


class SeatForm(forms.Form):
    """A seat in a body."""

    valid_from = DayField(label="任职日")
    valid_to = DayField(label="止日", required=False, help_text="还不知道的不填。")
    post = forms.CharField(
        label="职务", required=False, max_length=100, help_text="名单上写的职务，如「区委常委、组织部部长」。"
    )
    rank_order = forms.IntegerField(label="名单顺序", required=False, min_value=1, help_text=RANK_HELP)
    basis = forms.CharField(label="依据", required=False, max_length=200, help_text=BASIS_HELP)

    def __init__(self, *args: Any, body: Body, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(kind.value, kind.label) for kind in KINDS[Body.Kind(body.kind)]]
        self.fields = {
            "person": PersonField(label="姓名"),
            "kind": forms.ChoiceField(label="类别", choices=[("", "请选择"), *kinds]),
            "term": forms.ModelChoiceField(
                label="届次", queryset=Term.objects.order_by("-starts_on"), empty_label=None
            ),
            **self.fields,
        }


class SeatStateForm(forms.Form):
    """挂职, 停职, 长期请假."""

    kind = forms.ChoiceField(label="状态", choices=SeatState.Kind.choices)
    counts_in_due = forms.TypedChoiceField(
        label="计入应到",
        choices=[("yes", "计入"), ("no", "不计入")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text="应到是算到会人数和票数的基数，请按文件确定。",
    )
    valid_from = DayField(label="自哪一天起")
    valid_to = DayField(label="止日", required=False, help_text="还不知道的不填。")
    basis = forms.CharField(label="依据", max_length=200, help_text=BASIS_HELP)


class PlacesForm(forms.Form):
    members = forms.IntegerField(label="有表决权的名额", min_value=1, max_value=2000)
    alternates = forms.IntegerField(label="候补名额", min_value=0, max_value=500, initial=0)
    valid_from = DayField(label="自哪一天起")
    basis = forms.CharField(label="依据", max_length=200, help_text=BASIS_HELP)


class TermForm(forms.Form):
    number = forms.IntegerField(label="第几届", min_value=1, max_value=99)
    starts_on = DayField(label="起始日")
    ends_on = DayField(label="届满日")


class ExtendForm(forms.Form):
    extended_to = DayField(label="延期至")
    basis = forms.CharField(label="依据", max_length=200, help_text="批准延期的文件，如「市委批复〔2031〕9号」。")


class RoleForm(forms.Form):
    """Who holds which role, for which unit."""

    valid_from = DayField(label="自哪一天起")
    valid_to = DayField(label="止日", required=False, help_text="还不知道的不填。")
    basis = forms.CharField(label="依据", required=False, max_length=200, help_text=BASIS_HELP)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = {
            "person": PersonField(label="姓名"),
            "role": forms.ChoiceField(label="角色", choices=[("", "请选择"), *Role.choices]),
            "unit": forms.ModelChoiceField(
                label="单位",
                queryset=Unit.objects.standing().in_order(),
                required=False,
                empty_label="不写单位",
                help_text="单位负责人和议题联络员须选单位，其他角色不选。",
            ),
            **self.fields,
        }


class AccountForm(forms.Form):
    """A login for a person; the password is handed over and changed at the first use."""

    username = forms.CharField(label="登录名", max_length=60, help_text="字母和数字，如「jiaotiju」。")
    password = forms.CharField(
        label="初始密码",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="至少十个字符，不能全是数字。请当面交给本人；本人第一次登录须自己改。",
    )


class PasswordForm(forms.Form):
    password = AccountForm.base_fields["password"]


class DelegateForm(forms.Form):
    """Whose login acts for a person, on what basis, until when."""

    username = forms.CharField(label="代办人的登录名", max_length=60)
    basis = forms.CharField(
        label="依据和范围", max_length=200, help_text="如「本人2026年11月10日书面委托，代填议题、代阅通知」。"
    )
    valid_to = DayField(label="委托到哪一天", required=False, help_text="不填为长期，可随时停用。")


class ShareForm(forms.Form):
    username = forms.CharField(label="本人的登录名", max_length=60)


class EndActingForm(forms.Form):
    reason = forms.CharField(label="停用理由", max_length=200, help_text="如「调离本区」「委托到期」。停用立即生效。")


class CalendarForm(forms.Form):
    """A year's published days."""

    year = forms.IntegerField(label="年份", min_value=2000, max_value=2100)
    source = forms.CharField(label="依据", max_length=100, help_text="放假安排的文号，如「国办发明电〔2026〕7号」。")
    days = forms.CharField(
        label="放假和调休上班的日子",
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text="一行一天：日期、休或班、说明，如「2027-01-01 休 元旦」。没有写到的日子，周一至周五上班，周末休息。",
    )
