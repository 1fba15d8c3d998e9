"""The style page: every component with real amounts of text, for developers and tests (demo and test mode only)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common import clock
from common.web.days import DayField
from common.web.listing import Tab

OLD_TEXT = """我区城东片区现有常住人口 6.2 万人，义务教育阶段学位缺口 1,860 个。
经区政府第 38 次常务会议研究，总投资 1.6 亿元。
项目已完成可行性研究、社会稳定风险评估和合法性审查，专家论证意见为可行，已采纳。
本项目不涉及征地拆迁。"""
NEW_TEXT = """我区城东片区现有常住人口 6.2 万人，义务教育阶段学位缺口 1,860 个。
经区政府第 38 次常务会议研究，总投资 1.8 亿元。
项目已完成可行性研究、社会稳定风险评估和合法性审查，专家论证意见为可行，建议同步建设接驳道路，已采纳。
项目由区住建局代建，2028 年 8 月投用。"""

TITLES = (
    ("关于新建城东学校的请示", "区教育和体育局", Decimal(180_000_000), "签批中", "wait"),
    ("关于实施老旧小区改造的请示", "区住建局", Decimal(260_000_000), "缓议", "neutral"),
    ("关于高铁片区控制性详细规划的汇报", "区自然资源局", None, "会前把关", "info"),
    ("关于生活垃圾焚烧处理设施选址的请示", "区住建局", Decimal(486_300_000), "受阻", "bad"),
    ("关于防汛抢险资金临机处置情况的报告", "区应急管理局", Decimal(12_000_000), "已审议", "good"),
    ("关于青岩镇产业园合作协议的请示", "青岩镇", Decimal("9500"), "拟稿", "draft"),
)


class ExampleFilter(forms.Form):
    """The fields a list is narrowed by."""

    q = forms.CharField(label="标题含", required=False)
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), ("signing", "签批中"), ("deferred", "缓议")]
    )
    late = forms.BooleanField(label="只看逾期", required=False)


class ExampleForm(forms.Form):
    """Each kind of field once."""

    title = forms.CharField(label="标题", help_text="写明事项，如「关于新建城东学校的请示」。")
    day = DayField(label="拟上会日期")
    amount = forms.DecimalField(label="涉及金额", help_text="带单位填写，如 2.6 亿元、9500 万元。", required=False)
    kind = forms.ChoiceField(label="事项类别", choices=[("a", "重大项目安排"), ("b", "重要干部任免")])
    route = forms.ChoiceField(
        label="签批系统", widget=forms.RadioSelect, choices=[("party", "党委系统"), ("government", "政府系统")]
    )
    checks = forms.MultipleChoiceField(
        label="前置程序",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("research", "调查研究"), ("expert", "专家论证"), ("risk", "风险评估")],
    )
    body = forms.CharField(label="正文", widget=forms.Textarea)
    paper = forms.FileField(label="附件", required=False)
    sure = forms.BooleanField(label="材料已经核对，与原件一致")


def style(request: HttpRequest) -> HttpResponse:
    """Everything docs/face.md names, once; what is posted to it is taken and forgotten."""
    if request.method == "POST":
        return HttpResponse(status=204)
    now = clock.now()
    context: dict[str, Any] = {
        "now": now,
        "days": [now.date() + timedelta(days=days) for days in (-2, 0, 1, 3, 10, 120)],
        "sums": [Decimal(amount) for amount in ("260000000", "95000000", "1234", "263456789")],
        "tabs": [Tab("sheet", "呈报单"), Tab("papers", "材料", 6), Tab("said", "意见", 4), Tab("diff", "两稿不同")],
        "tab": request.GET.get("tab", "sheet"),
        "filter": _bound(ExampleFilter(request.GET)),
        "form": ExampleForm(prefix="new"),
        "wrong": _bound(ExampleForm({"title": "", "day": "2026年", "amount": "两亿", "kind": "a"})),
        "page": Paginator(range(1, 864), 50).get_page(request.GET.get("page")),
        "rows": [
            {"title": title, "unit": unit, "money": money, "word": word, "tone": tone, "due": now.date() + timedelta(n)}
            for n, (title, unit, money, word, tone) in enumerate(TITLES, start=-1)
        ],
        "checks": _checks(now),
        "signatures": _signatures(now),
        "steps": ["选文件", "核对发现", "写入"],
        "old": OLD_TEXT,
        "new": NEW_TEXT,
    }
    return render(request, "common/style.html", context)


def _bound(form: forms.Form) -> forms.Form:
    form.is_valid()
    return form


def _checks(now: Any) -> list[dict[str, Any]]:
    return [
        {"state": "done", "what": "调查研究", "said": "充分", "who": "林知微", "when": now - timedelta(days=13)},
        {"state": "done", "what": "专家论证", "said": "可行，3 位专家署名", "when": now - timedelta(days=10)},
        {"state": "void", "what": "合法性审查", "who": "卢正言", "said": "合法", "note": "第 2 稿须再确认"},
        {"state": "now", "what": "风险评估", "who": "贺北辰", "wait": "等了 3 天，11月20日前", "note": "政法委备案"},
        {"state": "waiting", "what": "预案", "who": "梁思齐"},
    ]


def _signatures(now: Any) -> list[dict[str, Any]]:
    return [
        {"state": "done", "who": "林知微", "what": "提出单位", "said": "同意上报", "when": now - timedelta(days=3)},
        {"state": "refused", "who": "闻人澈", "what": "分管副区长", "said": "退回：请补资金来源", "when": now},
        {"state": "now", "who": "邵闻笛", "what": "区委办主任", "wait": "等了 1 天，今天下午6:00前"},
        {"state": "waiting", "who": "沈砚清", "what": "书记", "note": "在您之后"},
    ]
