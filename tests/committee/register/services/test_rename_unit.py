"""A renamed unit is the same unit: its head answers for the old name, its leader stays in charge."""

from datetime import date

from committee.division.questions import leaders_in_charge
from committee.register.services.keep_units import end_unit, void_unit
from committee.register.services.rename_unit import rename_unit
from committee.roles.posts import head_on, posts_of
from committee.units.models import Unit
from committee.units.questions import name_on, same_unit
from tests.committee.refusals import not_allowed, refused, verbs
from tests.support.cast import District

DAY = date(2026, 11, 20)


def rename(district: District, actor=None, **changed) -> Unit:
    fields = {"short_name": "教育局", "full_name": "区教育局", "valid_from": DAY}
    return rename_unit(actor=actor or district.office, unit=district.unit("教体局"), **{**fields, **changed})


def test_the_old_name_ends_the_day_before_and_the_new_one_begins(district: District) -> None:
    old, new = district.unit("教体局"), rename(district)
    old.refresh_from_db()
    assert old.valid_to == date(2026, 11, 19)
    assert (new.predecessor, new.kind, new.phone, new.rank_order) == (old, old.kind, old.phone, old.rank_order)
    assert name_on(old, DAY) == new
    assert name_on(new, date(2026, 11, 19)) == old
    assert verbs(new) == ["rename_unit"]


def test_head_and_liaison_go_with_it_and_answer_for_the_old_name(district: District) -> None:
    old, new = district.unit("教体局"), rename(district)
    assert posts_of(district.head.person, DAY).head_of == {old.pk, new.pk}
    assert posts_of(district.liaison.person, DAY).liaison_of == {old.pk, new.pk}
    assert posts_of(district.head.person, date(2026, 11, 19)).head_of == {old.pk}
    assert head_on(old.pk, DAY) == head_on(new.pk, DAY) == district.head.person


def test_the_leader_in_charge_stays_in_charge(district: District) -> None:
    old, new = district.unit("教体局"), rename(district)
    assert leaders_in_charge(new.pk, DAY) == leaders_in_charge(old.pk, DAY) == [district.leader.person]


def test_a_second_renaming_follows_the_first(district: District) -> None:
    old, new = district.unit("教体局"), rename(district)
    third = rename_unit(
        actor=district.office, unit=new, short_name="教委", full_name="区教育委员会", valid_from=date(2026, 12, 1)
    )
    assert same_unit(old.pk) == same_unit(third.pk) == {old.pk, new.pk, third.pk}
    assert head_on(old.pk, date(2026, 12, 5)) == district.head.person


def test_only_the_full_name_may_change(district: District) -> None:
    assert rename(district, short_name="教体局", full_name="区教育体育局").short_name == "教体局"


def test_it_is_refused_where_it_makes_no_sense(district: District) -> None:
    with refused("没有更名"):
        rename(district, short_name="教体局", full_name="区教育和体育局")
    with refused("更名日须在"):
        rename(district, valid_from=date(2026, 7, 18))
    with refused("这个简称已有单位在用"):
        rename(district, short_name="财政局")
    assert district.unit("教体局").valid_to is None


def test_a_unit_head_may_not_rename_his_unit(district: District) -> None:
    with not_allowed():
        rename(district, district.head)
    assert district.unit("教体局").valid_to is None


def test_an_old_name_is_neither_ended_nor_voided_any_more(district: District) -> None:
    new = rename(district)
    with refused("已经更名"):
        end_unit(actor=district.office, unit=district.unit("教体局"), last_day=DAY)
    with refused("还登记着|与更名前后的单位相连"):
        void_unit(actor=district.office, unit=new, reason="录错")
