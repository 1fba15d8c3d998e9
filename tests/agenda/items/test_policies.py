"""Which items each person of the cast sees, and through which grant or office."""

import pytest

from agenda.items.models import Item
from agenda.items.policies import visible_to
from agenda.items.services.sign_item import sign_item
from agenda.items.services.start_item import start_item
from common.identity.actor import Actor
from common.tenancy.scope import committee_scope
from tests.support import stories
from tests.support.cast import District

CAST = {
    "liaison": "梁思齐",
    "head": "林知微",
    "other liaison": "温如故",
    "office": "周予安",
    "director": "邵闻笛",
    "secretary": "沈砚清",
    "mayor": "陆景和",
    "deputy": "顾维桢",
    "leader": "闻人澈",
    "another leader": "岑以宁",
    "lawyer": "卢正言",
    "risk reviewer": "贺北辰",
    "member": "程望舒",
    "head of a co-unit": "曹以谦",
    "auditor": "陆离",
    "administrator": "系统管理员",
    "outsider": "夏知秋",
}
ALWAYS = {"liaison", "head", "office", "director", "secretary", "mayor", "deputy", "auditor"}
ONLY_UNIT = {"liaison", "head"}


def seers(district: District, item: Item) -> set[str]:
    return {who for who, name in CAST.items() if visible_to(district.actor(name)).filter(pk=item.pk).exists()}


def test_a_draft_is_its_units(district: District) -> None:
    assert seers(district, stories.drafted_item(district)) == ONLY_UNIT


def test_a_draft_that_the_section_entered_is_seen_by_both(district: District) -> None:
    item = start_item(actor=district.office, unit=district.unit("教体局"))
    assert seers(district, item) == ONLY_UNIT | {"office"}


def test_a_filed_item_is_seen_by_those_through_whose_hands_it_goes(district: District) -> None:
    item = stories.filed_item(district)
    assert seers(district, item) == ALWAYS | {"leader", "lawyer", "risk reviewer"}


def test_a_unit_that_files_together_sees_it(district: District) -> None:
    item = stories.filed_item(district, co_units=[district.unit("财政局").pk])
    assert "head of a co-unit" in seers(district, item)


def test_what_needs_no_checks_is_no_reviewers_business(district: District) -> None:
    item = stories.heard_item(district, unit="宣传部", presenter="程望舒")
    assert seers(district, item) == (ALWAYS - ONLY_UNIT) | {"member"}


def test_the_backup_sees_the_leaders_items(district: District) -> None:
    item = stories.filed_item(district, unit="财政局", matter_kind="大额资金", presenter="曹以谦")
    assert {"leader", "another leader", "head of a co-unit"} <= seers(district, item)


def test_who_signed_keeps_sight_of_it_when_another_leads(district: District) -> None:
    item = stories.vetted_item(district, unit="农业农村局", leader="祁连山", presenter="田守禾")
    actor = district.actor("祁连山")
    stories.sign_on(district, item, until="leader_in_charge")
    sign_item(actor=actor, item=item, digest=item.version.digest)
    assert visible_to(actor).filter(pk=item.pk).exists()


@pytest.mark.parametrize("name", ["梁思齐", "周予安", "沈砚清", "夏知秋"])
def test_nobody_sees_another_committees_items(district: District, neighbour: District, name: str) -> None:
    stories.filed_item(district)
    with committee_scope(neighbour.committee.pk):
        assert not visible_to(neighbour.actor("杜衡")).exists()
        assert not visible_to(district.actor(name)).exists()


def cadre_draft(district: District) -> Item:
    """An item of 组织部 on cadres; filing it is not taken yet, so it is a draft that was put into the ledger."""
    item = start_item(
        actor=district.actor("沈南乔"),
        unit=district.unit("组织部"),
        content={"title": "干部任免事项", "matter_kind": stories.matter("干部推荐任免奖惩").pk},
    )
    assert item.matter_kind is not None
    return item


def test_a_cadre_matter_is_its_units_alone(district: District) -> None:
    item = cadre_draft(district)
    assert seers(district, item) == set()
    assert visible_to(district.actor("苏文珩")).filter(pk=item.pk).exists()


def test_each_item_is_listed_once(district: District) -> None:
    """Several reasons to see an item do not repeat its row."""
    stories.ready_item(district, co_units=[district.unit("财政局").pk])
    for name in CAST.values():
        rows = list(visible_to(district.actor(name)).values_list("pk", flat=True))
        assert len(rows) == len(set(rows))


def test_asking_costs_the_same_for_everybody(district: District, django_assert_max_num_queries) -> None:
    stories.filed_item(district)
    for name in CAST.values():
        actor: Actor = district.actor(name)
        with django_assert_max_num_queries(4):
            list(visible_to(actor).for_list())
