"""The parts of a page, rendered: what they say, how they are tied together, that all is escaped."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from common.web.days import DayField
from common.web.listing import Tab


def render(source, address="/page/", **context):
    return engines["django"].from_string(source).render(context, RequestFactory().get(address))


@pytest.fixture(autouse=True)
def no_frame(monkeypatch):
    """Parts alone, as in a fragment: whoever acts is of no importance."""
    monkeypatch.setattr("common.web.context.Frame.actor", None)


def test_a_button_that_cannot_be_pressed_says_why_to_everybody():
    html = render('{% button "宣布结果" kind="primary" why_not="主持人还没有表态。" %}')
    tied = html.split('aria-describedby="')[1].split('"')[0]
    assert f'id="{tied}">主持人还没有表态。' in html
    assert 'aria-disabled="true"' in html
    assert "submit" not in html.split("type=")[1][:8]


def test_a_day_in_a_sentence_stays_whole_and_what_is_markup_already_stays_as_it_is():
    html = render("{{ words|days_whole }}", words="<b>请在11月26日（周四） 下午3:00前办好")
    assert html == '&lt;b&gt;请在<span class="day">11月26日（周四） 下午3:00</span>前办好'
    day = date(2026, 11, 26)
    assert render("{{ day|cn_date|days_whole }}", day=day) == render("{{ day|cn_date }}", day=day)


def test_hours_and_amounts_in_a_sentence_stay_whole_too():
    html = render("{{ words|days_whole }}", words="下午3:10汇报，总投资 1.8 亿元（180,000,000 元），共 3 项")
    assert html == (
        '<span class="day">下午3:10</span>汇报，总投资 <span class="money">1.8 亿元</span>'
        '（<span class="money">180,000,000 元</span>），共 3 项'
    )


def test_two_buttons_that_cannot_be_pressed_have_reasons_of_their_own():
    html = render('{% button "甲" why_not="缺甲" %}{% button "乙" why_not="缺乙" %}')
    first, second = (part.split('"')[0] for part in html.split('aria-describedby="')[1:])
    assert first != second


def test_a_post_button_carries_the_token_and_the_question():
    html = render('{% post_button "撤回" "/x/" confirm="撤回后签批作废。" %}')
    assert "csrfmiddlewaretoken" in html
    assert 'data-confirm="撤回后签批作废。"' in html


def test_a_state_is_a_word_with_a_shape_and_an_unknown_tone_is_an_error():
    assert render('{% state "签批中" "wait" %}') == '<span class="state state--wait">签批中</span>'
    with pytest.raises(ValueError):
        render('{% state "签批中" "purple" %}')


def test_days_and_amounts_do_not_break_and_keep_the_exact_figure():
    assert render("{{ d|cn_date }}", d=date(2026, 11, 26)) == '<time datetime="2026-11-26">11月26日（周四）</time>'
    assert render("{{ m|money }}", m=Decimal(260000000)) == (
        '<span class="money" title="260,000,000 元">2.6 亿元</span>'
    )
    assert render("{{ m|money }}{{ m|money_exact }}{{ m|cn_date }}{{ m|cn_minutes }}", m=None) == ""


def test_a_deadline_is_told_in_words_and_no_longer_presses_when_done():
    assert "已过 2 天" in render("{% due d %}", d=date(2026, 11, 14))
    assert "due--bad" in render("{% due d %}", d=date(2026, 11, 16))
    assert "due" not in render("{% due d done=True %}", d=date(2026, 11, 14))


def test_a_person_is_named_with_the_post():
    someone = SimpleNamespace(name="邵闻笛", post_title="区委办主任")
    assert render("{% person p %}", p=someone) == (
        '<span class="person">邵闻笛</span> <span class="person-post">区委办主任</span>'
    )
    assert render('{% person p "" me=True %}', p=someone) == '<span class="person">邵闻笛（您）</span>'


@pytest.mark.parametrize(
    "source",
    [
        "{% button bad %}",
        "{% button bad why_not=bad %}",
        "{% post_button bad '/' confirm=bad %}",
        "{% state bad %}",
        "{% person bad bad %}",
        "{% card bad note=bad %}{{ bad }}{% endcard %}",
        "{% notice 'warn' bad %}{{ bad }}{% endnotice %}",
        "{% row bad bad bad when=bad %}{{ bad }}{% endrow %}",
        "{% fact bad %}{{ bad }}{% endfact %}",
        "{% table bad %}{{ bad }}{% endtable %}",
        "{% nothing bad bad bad bad %}",
        "{% file bad bad note=bad %}",
        "{% diff bad 'x' %}{% diff 'x' bad %}",
        "{% path steps title=bad %}",
        "{{ 1|cn_count:bad }}",
    ],
)
def test_what_people_typed_is_escaped(source):
    bad = "<b>\"'&"
    step = {"state": "now", "who": bad, "what": bad, "when": bad, "said": bad, "wait": bad, "note": bad}
    html = render(source, bad=bad, steps=[step])
    assert "<b>" not in html
    assert "\"'&" not in html


def test_tabs_have_addresses_and_the_first_has_the_bare_one():
    html = render("{% tabs t 'papers' %}", t=[Tab("sheet", "呈报单"), Tab("papers", "材料", 6)])
    assert 'href="/page/"' in html
    assert 'href="?tab=papers" aria-current="page"' in html


class Filter(forms.Form):
    q = forms.CharField(label="标题含", required=False)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), ("signing", "签批中")])
    late = forms.BooleanField(label="只看逾期", required=False)
    since = forms.DateField(label="自", required=False)


def test_each_filter_that_is_set_is_a_chip_whose_address_takes_it_away():
    form = Filter({"q": "学校", "state": "signing", "late": "on", "since": "2026-11-01"})
    form.is_valid()
    html = render("{% filters f %}", "/page/?q=学校&state=signing&late=on&since=2026-11-01&page=3", f=form)
    assert html.count('class="chip"') == 4
    assert "状态：签批中" in html
    assert "自：11月1日（周日）" in html
    assert "page=3" not in html
    signing = html.split("状态：签批中")[0].rsplit('href="', 1)[1]
    assert "state=" not in signing
    assert "late=on" in signing


def test_a_filter_that_is_not_valid_is_no_chip():
    form = Filter({"state": "nonsense", "since": "yesterday"})
    form.is_valid()
    assert "chip" not in render("{% filters f %}", "/page/?state=nonsense", f=form)


def test_links_between_pages_keep_the_filters():
    page = Paginator(range(863), 50).get_page(3)
    html = render("{% pagination p %}", "/page/?state=signing&page=3", p=page)
    assert "第 101—150 件" in html
    assert 'href="?state=signing&amp;page=2" rel="prev"' in html
    assert html.count("state=signing") == html.count("href=")


def test_a_column_is_ordered_up_then_down_then_not():
    source = '{% sort "时限" "due" %}'
    assert 'href="?order=due"' in render(source, "/page/?page=2")
    assert 'aria-sort="ascending"' in render(source, "/page/?order=due")
    assert 'href="?order=-due"' in render(source, "/page/?order=due")
    assert 'href="?"' in render(source, "/page/?order=-due")


class Sheet(forms.Form):
    title = forms.CharField(label="标题", help_text="写明事项。")
    kind = forms.ChoiceField(label="类别", choices=[("a", "甲")], widget=forms.RadioSelect)
    day = DayField(label="日期", required=False)
    code = forms.CharField(label="编号", error_messages={"required": "没有编号不能收。"})


def test_errors_are_gathered_on_top_and_stand_at_the_field_in_office_words():
    form = Sheet({"day": "明天"})
    top, field = render("{% errors f %}", f=form), render("{% field f.title %}", f=form)
    assert '<a href="#id_title">请填写标题。</a>' in top
    assert "请选择类别。" in top
    assert "日期请写成 2026-11-26 这样的日期。" in top
    assert "没有编号不能收。" in top
    assert 'aria-describedby="id_title_helptext id_title_error"' in field
    assert 'id="id_title_helptext"' in field
    assert 'id="id_title_error"' in field
    assert render("{% errors f %}", f=Sheet()).strip() == ""


def test_what_may_stay_empty_says_so():
    assert "选填" in render("{% field f.day %}", f=Sheet())
    assert "选填" not in render("{% field f.title %}", f=Sheet())
    assert "<fieldset" in render("{% field f.kind %}", f=Sheet())
