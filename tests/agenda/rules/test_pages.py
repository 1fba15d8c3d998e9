"""上会规则 as pages: what is in force on a day, all versions, and drafting the next."""

import pytest
from django.urls import reverse

from agenda.rules.draft import draft_of
from agenda.rules.forms import RulesForm
from agenda.rules.models import AgendaRuleSet, rules_on
from common import clock
from common.tenancy.scope import committee_scope
from tests.committee.windows import text, window
from tests.support.cast import District

PAGE, NEW = reverse("agenda:rules"), reverse("agenda:rules_new")


def filled(**changed: str) -> dict[str, object]:
    """The form as it opens, as a browser sends it, with these fields changed."""
    rules = rules_on(clock.today())
    form = RulesForm(draft=draft_of(rules, clock.today()), version=2)
    data = {name: form[name].value() for name in form.fields}
    sent = {name: ("on" if value is True else value) for name, value in data.items() if value not in (None, False)}
    return sent | {"valid_from": "2026-12-01", "source": "区委常委会第21次会议修订"} | changed


def test_everybody_reads_the_matters_checks_routes_and_numbers(district: District) -> None:
    page = text(window("jiaotilianluo").get(PAGE))
    for words in ("常委会", "重大项目", "合法性审查人", "政府常务会议纪要", "5 个工作日", "3,000 字"):
        assert words in page
    assert "起草新版本" not in page
    assert "没有上会规则" in text(window("jiaotilianluo").get(PAGE, {"day": "2026-07-17"}))


def test_others_neither_draft_nor_see_another_committee_s(district: District, neighbour: District) -> None:
    for username in ("jiaotiju", "shuji"):
        assert window(username).get(NEW).status_code == 409
        assert window(username).post(NEW, filled() | {"confirmed": "1"}).status_code == 409
    with committee_scope(neighbour.committee.pk):
        foreign = AgendaRuleSet.objects.get().pk
    assert window("mishuke").get(reverse("agenda:rules_version", args=[foreign])).status_code == 404
    assert AgendaRuleSet.objects.count() == 1


def test_a_version_is_drafted_compared_and_put_in_force(district: District) -> None:
    clerk = window("mishuke")
    assert clerk.get(NEW).status_code == 200
    same = text(clerk.post(NEW, filled()))
    assert "与现行规则完全相同" in same
    data = filled(**{"file_days": "7", "check-projects-expert": "required", "name-added_2_1": "国有资产处置"})
    lacking = text(clerk.post(NEW, data))
    assert "请选择新增事项由谁决定" in lacking
    data |= {"body-added_2_1": "standing", "check-added_2_1-legal": "required"}
    data.pop("keep-funds")
    asked = text(clerk.post(NEW, data))
    for words in ("5 → 7", "可说明不适用 → 必须", "没有 → 国有资产处置", "大额资金 → 去掉"):
        assert words in asked
    assert AgendaRuleSet.objects.count() == 1
    answer = clerk.post(NEW, data | {"confirmed": "1"})
    new = AgendaRuleSet.objects.get(version=2)
    assert answer["Location"] == reverse("agenda:rules_version", args=[new.pk])
    page = text(clerk.get(answer["Location"]))
    assert "<ins>7</ins>" in page
    assert "尚未施行" in page
    assert text(clerk.get(PAGE)).count("大额资金") == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"valid_from": "2026-07-18"}, "现行规则自 2026年7月18日 起施行"),
        ({"papers_days": "9"}, "呈报截止不能晚于分送材料"),
        ({"route-2-name": ""}, "没有签批路线可走"),
        ({"route-2-step-2": "countersign"}, "请选择会签单位"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_lost(district: District, changed, words) -> None:
    data = filled(**{"file_days": "8"} | changed) | {"confirmed": "1"}
    page = text(window("mishuke").post(NEW, data))
    assert words in page
    assert 'value="8"' in page
    assert AgendaRuleSet.objects.count() == 1
