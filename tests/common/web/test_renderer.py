"""A list of choices reads as Django's own template would write it."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

from common.web.renderer import Renderer

UNITS = [("", "全部"), (1, "教体局"), ("党群", [(2, "组织部"), (3, '"宣传部" <b>')])]


@pytest.mark.parametrize("value", ["", "1", 2, "3", None])
@pytest.mark.parametrize(
    "attrs", [{}, {"id": "id_unit", "required": True, "disabled": False, "aria-label": "单位 & 部门"}]
)
def test_a_select_is_what_the_template_makes_of_it(value: object, attrs: dict[str, object]) -> None:
    select = forms.Select(attrs=attrs, choices=UNITS)
    ours, theirs = (select.render("unit", value, renderer=renderer()) for renderer in (Renderer, DjangoTemplates))
    assert parse_html(ours) == parse_html(theirs)


def test_several_may_be_chosen() -> None:
    select = forms.SelectMultiple(choices=UNITS)
    ours, theirs = (select.render("unit", [1, 3], renderer=renderer()) for renderer in (Renderer, DjangoTemplates))
    assert parse_html(ours) == parse_html(theirs)
    assert ours.count(" selected") == 2


def test_nothing_in_a_choice_becomes_markup() -> None:
    assert "&lt;b&gt;" in forms.Select(choices=UNITS).render("unit", "", renderer=Renderer())
