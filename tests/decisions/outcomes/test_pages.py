"""决定: who sees which, what they rest on, and that a list stays as quick with many."""

import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from agenda.meetings.models import AgendaEntry
from common.identity.models import ActingFor, Person
from common.records.chain import seal
from common.workflow import move
from decisions.outcomes.matters import MatterInput, proposed_matters
from decisions.outcomes.models import DecidedMatter, Decision
from decisions.outcomes.policies import visible_to
from decisions.outcomes.services.correct_decision import correct_decision
from decisions.outcomes.services.decide_entry import decide_entry
from decisions.outcomes.writing import standing_questions
from decisions.votes.services.agree_orally import agree_orally
from tests.decisions.hall_story import begun_entry, made_cadre, voted_nine_one_one
from tests.support.cast import District


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(ActingFor.everywhere.get(person=person).account, "django.contrib.auth.backends.ModelBackend")
    return client


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", answer.content.decode()))


@pytest.fixture
def decided(district: District) -> Decision:
    """城东学校, 9:1:1 by name on the first question, orally on the second."""
    entry = begun_entry(district)
    voted_nine_one_one(district, entry)
    agree_orally(actor=district.office, question=standing_questions(entry)[1])
    first, second = proposed_matters(entry, standing_questions(entry))
    helped = MatterInput(**{**vars(second), "co_units": [district.unit("发改局")]})
    return decide_entry(actor=district.office, entry=entry, matters=[first, helped])


def seen_by(district: District, name: str) -> int:
    return visible_to(district.actor(name)).count()


def test_members_the_office_and_the_auditor_see_all_and_units_what_concerns_them(
    district: District, decided: Decision
) -> None:
    for name in ("沈砚清", "雷定远", "周予安", "陆离", "林知微", "梁思齐", "闻人澈"):
        assert seen_by(district, name) == 2, name
    assert seen_by(district, "宁远") == 1  # 发改局 cooperates in the second
    for name in ("温如故", "郑伯庸", "夏知秋"):
        assert seen_by(district, name) == 0, name


def test_a_cadre_matter_is_never_listed_for_others(district: District, decided: Decision) -> None:
    made_cadre(district, decided.entry.entry_items.get().item)
    assert seen_by(district, "沈砚清") == 2
    for name in ("周予安", "陆离", "林知微", "梁思齐", "闻人澈", "宁远"):
        assert seen_by(district, name) == 0, name


def test_a_decision_leads_from_the_item_over_the_vote_to_the_matters(district: District, decided: Decision) -> None:
    address = reverse("decisions:decision", args=[decided.pk])
    page = words(signed_in(district.secretary.person).get(address))
    assert "记名表决：应到 11，赞成 9，超过半数（6），通过。" in page
    assert "按云川区委议事规则（2026年修订）计票，第 1 版，2026年7月18日起施行。" in page
    assert "邵闻笛 反对" in page
    assert "关于新建城东学校的请示" in page
    assert "发改局" in page


def test_units_see_the_count_and_not_who_voted_how(district: District, decided: Decision) -> None:
    page = words(signed_in(district.head.person).get(reverse("decisions:decision", args=[decided.pk])))
    assert "应到 11，赞成 9，超过半数（6），通过。" in page
    assert "邵闻笛" not in page


def test_to_strangers_a_decision_and_its_meeting_are_not_there(district: District, decided: Decision) -> None:
    stranger = signed_in(district.person("温如故"))
    assert stranger.get(reverse("decisions:decision", args=[decided.pk])).status_code == 404
    assert stranger.get(reverse("decisions:meeting_results", args=[decided.entry.meeting_id])).status_code == 404
    assert "还没有决定" in words(stranger.get(reverse("decisions:decisions")))


def test_filters_stay_in_the_address_and_the_rows_go_to_excel(district: District, decided: Decision) -> None:
    office, here = signed_in(district.office.person), reverse("decisions:decisions")
    assert "2 项" in words(office.get(here))
    unit = district.unit("发改局").pk
    assert "1 项" in words(office.get(f"{here}?unit={unit}&year=2026&body=standing&outcome=passed"))
    assert "没有符合条件的决定" in words(office.get(f"{here}?outcome=rejected"))
    assert "1 项" in words(office.get(f"{here}?q=竣工"))
    sheet = load_workbook(io.BytesIO(office.get(f"{here}?format=xlsx&unit={unit}").content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][3] == "议定事项"
    assert [row[7] for row in rows[1:]] == ["发改局"]


def test_a_corrected_decision_leads_to_the_newer_one(district: District, decided: Decision) -> None:
    entry = decided.entry
    newer = correct_decision(
        actor=district.office,
        entry=entry,
        seen=decided.pk,
        matters=proposed_matters(entry, standing_questions(entry)),
        reason="漏记配合单位",
    )
    office = signed_in(district.office.person)
    page = office.get(reverse("decisions:decision", args=[decided.pk]))
    assert "这一决定已被更正" in words(page)
    assert reverse("decisions:decision", args=[newer.pk]) in page.content.decode()
    assert "2 项" in words(office.get(reverse("decisions:decisions")))


def test_the_results_of_a_meeting_are_whole_for_members_and_partial_for_units(
    district: District, decided: Decision
) -> None:
    here = reverse("decisions:meeting_results", args=[decided.entry.meeting_id])
    whole = words(signed_in(district.secretary.person).get(here))
    assert "应到" in whole
    assert "邵闻笛 反对" in whole
    part = words(signed_in(district.head.person).get(here))
    assert "同意新建城东学校" in part
    assert "未到会" not in part
    assert "雷定远" not in part


def crowd(district: District, decided: Decision, number: int) -> None:
    """As many further entries of the meeting, each put off by a decision of its own."""
    for place in range(2, number + 1):
        entry = AgendaEntry.objects.create(
            committee_id=decided.committee_id, meeting=decided.entry.meeting, position=place, title=f"第{place}项",
            handling="discuss", minutes=5,
        )  # fmt: skip
        move(entry, "begin", actor=district.office)
        decision = Decision.objects.create(
            committee_id=decided.committee_id, entry=entry, decided_at=decided.decided_at,
            record=seal("decision/1", entry, {}, actor=district.office),
        )  # fmt: skip
        DecidedMatter.objects.create(
            committee_id=decided.committee_id, decision=decision, position=1, outcome="deferred", text="缓议",
            lead_unit=district.unit("财政局"),
        )  # fmt: skip


@pytest.mark.parametrize("number", [5, 50])
def test_lists_need_the_same_queries_however_long(
    district: District, decided: Decision, django_assert_num_queries, number: int
) -> None:
    crowd(district, decided, number)
    office = signed_in(district.office.person)
    results = reverse("decisions:meeting_results", args=[decided.entry.meeting_id])
    for address, queries in ((reverse("decisions:decisions"), 11), (results, 21)):
        office.get(address)
        with django_assert_num_queries(queries):
            page = words(office.get(address))
        assert page.count("财政局") >= number - 1
