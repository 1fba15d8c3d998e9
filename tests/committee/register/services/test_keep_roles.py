"""Roles are dated; some have one holder, roles of a unit need a unit, the trusted ones are the administrator's."""

from datetime import date

from committee.register.services.keep_roles import assign_role, end_role, void_role
from committee.register.services.keep_units import end_unit
from committee.roles.models import Role, RoleAssignment
from committee.roles.posts import posts_of
from tests.committee.refusals import database_refuses, not_allowed, refused, sql, verbs
from tests.support.cast import District

DAY = date(2026, 11, 10)


def held(role: str, name: str) -> RoleAssignment:
    return RoleAssignment.objects.get(role=role, person__name=name)


def test_a_second_clerk_is_named_from_a_day(district: District) -> None:
    role = assign_role(
        actor=district.office, person=district.person("夏知秋"), role=Role.SECRETARIAL_SECTION, valid_from=DAY
    )
    assert posts_of(district.person("夏知秋"), DAY).in_office
    assert not posts_of(district.person("夏知秋"), date(2026, 11, 9)).in_office
    assert verbs(role) == ["assign_role"]


def test_a_member_may_not_name_anybody(district: District) -> None:
    with not_allowed():
        assign_role(actor=district.secretary, person=district.secretary.person, role=Role.MAYOR, valid_from=DAY)
    assert RoleAssignment.objects.holders(Role.MAYOR, DAY).get().person == district.mayor.person


def test_single_posts_and_unit_heads_have_one_holder(district: District) -> None:
    with refused("此期间已有人担任这个职务"):
        assign_role(actor=district.office, person=district.person("夏知秋"), role=Role.MAYOR, valid_from=DAY)
    with refused("该单位在此期间已有主要负责人"):
        assign_role(
            actor=district.office,
            person=district.person("夏知秋"),
            role=Role.UNIT_HEAD,
            unit=district.unit("教体局"),
            valid_from=DAY,
        )


def test_the_database_refuses_a_second_head_and_a_role_without_its_unit(district: District) -> None:
    liaison = held(Role.ITEM_LIAISON, "梁思齐")
    with database_refuses("one_head_per_unit"):
        sql("UPDATE committee_roleassignment SET role = 'unit_head' WHERE id = %s", liaison.pk)
    with database_refuses("unit_role_has_unit"):
        sql("UPDATE committee_roleassignment SET unit_id = NULL WHERE id = %s", liaison.pk)
    with database_refuses("one_holder_of_single_role"):
        sql(
            "INSERT INTO committee_roleassignment (committee_id, person_id, role, basis, valid_from, recorded_at,"
            " void_reason) VALUES (%s, %s, 'mayor', '', '2026-11-10', '2026-11-10', '')",
            district.committee.pk, district.person("夏知秋").pk,
        )  # fmt: skip


def test_a_role_of_a_unit_names_the_unit_and_others_do_not(district: District) -> None:
    someone = district.person("夏知秋")
    with refused("须写明单位"):
        assign_role(actor=district.office, person=someone, role=Role.ITEM_LIAISON, valid_from=DAY)
    with refused("须写明单位"):
        assign_role(
            actor=district.office, person=someone, role=Role.PLAN_REVIEWER, unit=district.unit("教体局"), valid_from=DAY
        )


def test_a_role_in_a_unit_that_is_not_there_that_day_is_refused(district: District) -> None:
    unit = end_unit(actor=district.office, unit=district.unit("妇联"), last_day=date(2026, 10, 31))
    with refused("没有「妇联」这个单位"):
        assign_role(
            actor=district.office, person=district.person("夏知秋"), role=Role.UNIT_HEAD, unit=unit, valid_from=DAY
        )


def test_a_successor_follows_the_day_after(district: District) -> None:
    end_role(actor=district.office, assignment=held(Role.UNIT_HEAD, "林知微"), last_day=date(2026, 11, 9))
    assign_role(
        actor=district.office,
        person=district.person("夏知秋"),
        role=Role.UNIT_HEAD,
        unit=district.unit("教体局"),
        valid_from=DAY,
    )
    assert posts_of(district.person("夏知秋"), DAY).head_of == {district.unit("教体局").pk}
    assert not posts_of(district.person("林知微"), DAY).head_of


def test_ending_keeps_the_order_of_days_and_needs_somebody_who_may(district: District) -> None:
    role = held(Role.UNIT_HEAD, "林知微")
    with refused("止日不能早于起日 2026年7月18日"):
        end_role(actor=district.office, assignment=role, last_day=date(2026, 7, 17))
    with not_allowed():
        end_role(actor=district.head, assignment=role, last_day=DAY)
    assert held(Role.UNIT_HEAD, "林知微").valid_to is None


def test_an_end_put_later_again_may_not_run_into_the_successor(district: District) -> None:
    test_a_successor_follows_the_day_after(district)
    with refused("该单位在此期间已有主要负责人"):
        end_role(actor=district.office, assignment=held(Role.UNIT_HEAD, "林知微"), last_day=date(2026, 12, 1))


def test_a_voided_role_gives_nothing_and_is_not_touched_again(district: District) -> None:
    role = held(Role.RISK_REVIEWER, "贺北辰")
    void_role(actor=district.office, assignment=role, reason="录错")
    assert not posts_of(district.person("贺北辰"), DAY).holds(Role.RISK_REVIEWER)
    with refused("已经作废"):
        end_role(actor=district.office, assignment=role, last_day=DAY)


def test_the_clerk_cannot_make_herself_administrator_or_auditor(district: District) -> None:
    for role in (Role.ADMINISTRATOR, Role.AUDITOR):
        with not_allowed():
            assign_role(actor=district.office, person=district.office.person, role=role, valid_from=DAY)
    with not_allowed():
        end_role(actor=district.office, assignment=held(Role.AUDITOR, "陆离"), last_day=DAY)
    assert assign_role(
        actor=district.administrator, person=district.person("夏知秋"), role=Role.ADMINISTRATOR, valid_from=DAY
    )


def test_the_last_administrator_stays(district: District) -> None:
    role = held(Role.ADMINISTRATOR, "系统管理员")
    with refused("最后一位系统管理员"):
        end_role(actor=district.administrator, assignment=role, last_day=DAY)
    with refused("最后一位系统管理员"):
        void_role(actor=district.administrator, assignment=role, reason="换人")
    assign_role(actor=district.administrator, person=district.person("夏知秋"), role=Role.ADMINISTRATOR, valid_from=DAY)
    assert end_role(actor=district.administrator, assignment=role, last_day=date(2026, 11, 30)).valid_to
