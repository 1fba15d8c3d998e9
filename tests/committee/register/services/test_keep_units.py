"""秘书科 enters, corrects, ends and voids units; nobody else does, and what does not fit is refused."""

from datetime import date

from committee.register.entering import seen_of
from committee.register.services.keep_units import CORRECTABLE, add_unit, correct_unit, end_unit, void_unit
from committee.roles.models import Role, RoleAssignment
from committee.units.models import Unit
from common.services import Conflict
from tests.committee.refusals import database_refuses, not_allowed, refused, sql, verbs
from tests.support.cast import District

DAY = date(2026, 11, 1)


def add(actor, **changed):
    fields = {"short_name": "大数据局", "full_name": "区大数据发展局", "kind": Unit.Kind.GOVERNMENT, "valid_from": DAY}
    return add_unit(actor=actor, **{**fields, **changed})


def test_the_clerk_adds_a_unit_from_a_day(district: District) -> None:
    unit = add(district.office, phone="8603111")
    assert verbs(unit) == ["add_unit"]
    assert not Unit.objects.on(date(2026, 10, 31)).filter(pk=unit.pk).exists()
    assert Unit.objects.called("大数据局", DAY).get() == unit


def test_a_unit_head_may_not_add_one(district: District) -> None:
    with not_allowed():
        add(district.head)
    assert not Unit.objects.filter(short_name="大数据局").exists()


def test_a_name_in_use_is_refused_in_the_office_s_words(district: District) -> None:
    with refused("这个简称已有单位在用"):
        add(district.office, short_name="教体局")
    with refused("这个全称已有单位在用"):
        add(district.office, full_name="区教育和体育局")


def test_the_same_name_may_be_used_after_the_first_has_ended(district: District) -> None:
    end_unit(actor=district.office, unit=district.unit("妇联"), last_day=date(2026, 10, 31))
    assert add(district.office, short_name="妇联", full_name="区妇女联合会")


def test_the_database_refuses_two_units_of_a_name(district: District) -> None:
    unit = add(district.office)
    with database_refuses("unit_short_name_once"):
        sql("UPDATE committee_unit SET short_name = '教体局' WHERE id = %s", unit.pk)


def test_telephone_and_order_are_corrected_with_what_stood_before(district: District) -> None:
    unit = district.unit("教体局")
    correct_unit(actor=district.office, unit=unit, phone="8603999", rank_order=8)
    unit.refresh_from_db()
    assert (unit.phone, unit.rank_order) == ("8603999", 8)
    assert verbs(unit)[-1] == "correct_unit"


def test_nothing_to_correct_leaves_no_trace(district: District) -> None:
    unit = district.unit("教体局")
    before = verbs(unit)
    correct_unit(actor=district.office, unit=unit, phone=unit.phone)
    assert verbs(unit) == before


def test_a_liaison_may_not_correct_his_unit(district: District) -> None:
    with not_allowed():
        correct_unit(actor=district.liaison, unit=district.unit("教体局"), phone="1")
    assert district.unit("教体局").phone == "8603021"


def test_a_unit_ends_with_its_roles(district: District) -> None:
    unit = end_unit(actor=district.office, unit=district.unit("妇联"), last_day=date(2026, 11, 30))
    roles = RoleAssignment.objects.filter(unit=unit)
    assert [role.valid_to for role in roles] == [date(2026, 11, 30)] * 2
    assert unit in Unit.objects.on(date(2026, 11, 30))
    assert unit not in Unit.objects.on(date(2026, 12, 1))


def test_a_unit_does_not_end_before_it_began(district: District) -> None:
    with refused("止日不能早于起日"):
        end_unit(actor=district.office, unit=district.unit("妇联"), last_day=date(2020, 1, 1))
    assert district.unit("妇联").valid_to is None


def test_a_unit_entered_by_mistake_is_voided_with_a_reason_and_stays_visible(district: District) -> None:
    unit = add(district.office)
    with refused("作废须写明理由"):
        void_unit(actor=district.office, unit=unit, reason=" ")
    void_unit(actor=district.office, unit=unit, reason="录重了")
    assert unit not in Unit.objects.on(DAY)
    assert Unit.objects.get(pk=unit.pk).void_reason == "录重了"
    with refused("已经作废"):
        void_unit(actor=district.office, unit=unit, reason="再来一次")


def test_a_unit_with_a_head_is_not_voided(district: District) -> None:
    with refused("还登记着负责人或联络员"):
        void_unit(actor=district.office, unit=district.unit("教体局"), reason="录错")
    assert RoleAssignment.objects.filter(unit__short_name="教体局", role=Role.UNIT_HEAD, voided_at=None).exists()


def test_of_two_who_correct_a_unit_the_second_is_told(district: District) -> None:
    unit = district.unit("妇联")
    seen = seen_of(unit, CORRECTABLE)
    correct_unit(actor=district.office, unit=unit, seen=seen, phone="8603001")
    with refused("您打开之后，周予安于.*您的改动没有写入", kind=Conflict):
        correct_unit(actor=district.administrator, unit=unit, seen=seen, phone="8603002")
    assert district.unit("妇联").phone == "8603001"
