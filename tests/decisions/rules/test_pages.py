"""表决规则 as pages: in words and in numbers for the body as it stands, and drafting the next version."""

from datetime import date

from django.urls import reverse

from committee.bodies.models import Body, Seat
from committee.register.services.keep_seats import end_seat
from common.tenancy.scope import committee_scope
from decisions.rules.forms import VotingRulesForm
from decisions.rules.models import VotingRulesDraft, VotingRuleSet
from decisions.rules.words import specs_of
from tests.committee.windows import text, window
from tests.support.cast import District

PAGE, NEW = reverse("decisions:voting_rules"), reverse("decisions:voting_rules_new")


def filled(**changed: object) -> dict[str, object]:
    """The form as it opens, as a browser sends it, with these fields changed."""
    form = VotingRulesForm(lines=specs_of(VotingRuleSet.objects.latest("version")))
    data = {name: form[name].value() for name in form.fields}
    sent = {
        name: ("on" if value is True else value)
        for name, value in data.items()
        if value is not None and value is not False
    }
    return sent | {"valid_from": "2026-12-01", "source": "区委全委会修订"} | changed


def numbers(page: str) -> list[str]:
    return [part.split("</strong>")[0] for part in page.split("<strong>")[1:]]


def test_the_rules_are_told_in_numbers_for_the_body_of_the_day(district: District) -> None:
    page = text(window("shuji").get(PAGE))
    assert "今天应到 11 人" in page
    assert numbers(page) == ["6", "6", "8", "6", "27", "21", "27", "21", "27", "21"]
    assert "全体成员超过半数（6 人）同意，方可复议" in page
    assert "纸质票、设备投票；监票人 3 人（含总监票人），计票人 2 人" in page
    assert "书记专题会" in page
    assert "只作酝酿，不表决" in page
    assert "起草新版本" not in page


def test_the_numbers_follow_the_seats(district: District) -> None:
    seat = Seat.objects.of_body(Body.Kind.STANDING).get(person__name="雷定远")
    end_seat(actor=district.office, seat=seat, last_day=date(2026, 11, 15))
    assert numbers(text(window("shuji").get(PAGE)))[:4] == ["5", "6", "7", "6"]
    assert numbers(text(window("shuji").get(PAGE, {"day": "2026-11-15"})))[:4] == ["6", "6", "8", "6"]


def test_others_neither_draft_nor_see_another_committee_s(district: District, neighbour: District) -> None:
    assert window("shuji").get(NEW).status_code == 409
    assert window("shuji").post(NEW, filled() | {"confirmed": "1"}).status_code == 409
    with committee_scope(neighbour.committee.pk):
        foreign = VotingRuleSet.objects.get().pk
    assert window("mishuke").get(reverse("decisions:voting_rules_version", args=[foreign])).status_code == 404
    assert VotingRuleSet.objects.count() == 1


def test_a_version_is_drafted_told_in_numbers_and_put_in_force(district: District) -> None:
    clerk = window("mishuke")
    assert clerk.get(NEW).status_code == 200
    assert "与现行规则完全相同" in text(clerk.post(NEW, filled()))
    data = filled(**{"standing-ordinary-pass_top": "2", "standing-ordinary-pass_bottom": "3"})
    asked = text(clerk.post(NEW, data))
    assert "应到 11 人：到会至少 6 人，至少 8 票通过" in asked
    assert VotingRuleSet.objects.count() == 1
    answer = clerk.post(NEW, data | {"confirmed": "1"})
    new = VotingRuleSet.objects.get(version=2)
    assert answer["Location"] == reverse("decisions:voting_rules_version", args=[new.pk])
    assert "超过三分之二通过" in text(clerk.get(answer["Location"]))


def test_a_line_that_makes_no_rule_is_said_at_its_field(district: District) -> None:
    data = filled(**{"congress-cadre-use": "on", "standing-ordinary-quorum_top": "3", "standing-cadre-forms": []})
    page = text(window("mishuke").post(NEW, data))
    assert "请写明党代会干部任免的条文依据" in page
    assert "比例须大于零、不大于一" in page
    assert "常委会干部任免：没有表决方式，请至少选一种" in page


def test_a_draft_is_kept_as_typed_until_it_is_put_in_force(district: District) -> None:
    """Also with what makes no rule yet; the office goes on where it stopped, others do not see it."""
    clerk = window("mishuke")
    typed = filled(**{"standing-major-use": "on", "standing-ordinary-pass_top": "7", "source": ""})
    clerk.post(NEW, typed | {"save": "1", "seen": ""})
    assert VotingRuleSet.objects.count() == 1
    draft = VotingRulesDraft.objects.get()
    assert draft.content["standing-major-forms"] == ["recorded"]
    page = text(clerk.get(NEW))
    assert "保存的草稿" in page
    assert 'name="standing-ordinary-pass_top" value="7"' in page
    assert "继续起草" in text(clerk.get(PAGE))
    assert "草稿" not in text(window("shuji").get(PAGE))
    good = filled(**{"standing-major-use": "on", "confirmed": "1"})
    answer = clerk.post(NEW, good)
    assert "必须记名表决" in text(clerk.get(answer["Location"]))
    assert not VotingRulesDraft.objects.exists()


def test_two_who_draft_do_not_overwrite_each_other(district: District) -> None:
    clerk, director = window("mishuke"), window("zhuren")
    clerk.post(NEW, filled() | {"save": "1", "seen": ""})
    late = text(director.post(NEW, filled(source="另一份") | {"save": "1", "seen": ""}))
    assert "改过草稿，这次没有保存" in late
    assert "另一份" in late
    assert VotingRulesDraft.objects.get().content["source"] == "区委全委会修订"


def test_a_draft_is_given_up_by_those_who_keep_the_rules(district: District) -> None:
    drop = reverse("decisions:voting_rules_draft_drop")
    clerk = window("mishuke")
    assert "没有表决规则的草稿" in text(clerk.post(drop))
    clerk.post(NEW, filled() | {"save": "1", "seen": ""})
    assert window("shuji").post(drop).status_code == 409
    assert VotingRulesDraft.objects.exists()
    clerk.post(drop)
    assert not VotingRulesDraft.objects.exists()
