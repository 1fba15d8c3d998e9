"""People are entered without padding, corrected with what stood before, merged by a pointer."""

from datetime import date

import pytest

from committee.register.entering import seen_of
from committee.register.services.keep_people import PERSON_FIELDS, add_person, correct_person, merge_person
from committee.register.services.keep_roles import assign_role, end_role
from committee.roles.models import Role, RoleAssignment
from common.identity.models import Person
from common.services import Conflict
from tests.committee.refusals import database_refuses, not_allowed, refused, sql, verbs
from tests.support.cast import District

DAY = date(2026, 9, 1)


@pytest.fixture
def double(district: District) -> Person:
    """夏知秋 entered a second time, as an import may."""
    return add_person(actor=district.office, name="夏知秋", post_title="区委候补委员")


def stays(district: District) -> Person:
    return Person.objects.filter(name="夏知秋").earliest("pk")


def test_a_name_is_kept_without_the_office_s_padding(district: District) -> None:
    person = add_person(actor=district.office, name=" 唐　小砺 ", phone="8602099")
    assert person.name == "唐小砺"
    assert verbs(person) == ["add_person"]


def test_a_name_is_needed_and_an_address_must_be_one(district: District) -> None:
    with refused("姓名不能为空"):
        add_person(actor=district.office, name="　")
    with refused("Email"):
        add_person(actor=district.office, name="新人", email="没有")
    assert not Person.objects.filter(name="新人").exists()


def test_only_those_who_keep_the_register_enter_and_correct(district: District) -> None:
    for actor in (district.secretary, district.head, district.liaison, district.outsider):
        with not_allowed():
            add_person(actor=actor, name="新人")
        with not_allowed():
            correct_person(actor=actor, person=district.person("林知微"), phone="1")


def test_a_correction_says_what_stood_before_and_nothing_is_no_correction(district: District) -> None:
    person = district.person("林知微")
    correct_person(actor=district.office, person=person, post_title="区教育局局长")
    assert district.person("林知微").post_title == "区教育局局长"
    before = verbs(person)
    correct_person(actor=district.office, person=person, post_title="区教育局局长")
    assert verbs(person) == before


def test_of_two_who_correct_a_person_the_second_is_told(district: District) -> None:
    person = district.person("夏知秋")
    seen = seen_of(person, PERSON_FIELDS)
    correct_person(actor=district.office, person=person, seen=seen, phone="8602098")
    with refused("您打开之后，周予安于.*改过「夏知秋」，您的改动没有写入", kind=Conflict):
        correct_person(actor=district.administrator, person=person, seen=seen, post_title="区妇联主席")
    person.refresh_from_db()
    assert (person.phone, person.post_title == "区妇联主席") == ("8602098", False)
    again = seen_of(person, PERSON_FIELDS)
    correct_person(actor=district.administrator, person=person, seen=again, post_title="区妇联主席")


def test_a_page_that_does_not_say_what_it_showed_corrects_nothing(district: District) -> None:
    with refused(kind=Conflict):
        correct_person(actor=district.office, person=district.person("夏知秋"), seen="", phone="8602098")
    client = district.client("周予安")
    person = district.person("夏知秋")
    answer = client.post(f"/organisation/people/{person.pk}/edit/", {"name": "夏知秋", "phone": "8602098"})
    assert answer.status_code == 409
    assert district.person("夏知秋").phone != "8602098"


def test_a_duplicate_points_at_the_one_who_stays(district: District, double: Person) -> None:
    merge_person(actor=district.office, duplicate=double, into=stays(district))
    double.refresh_from_db()
    assert double.merged_into == stays(district)
    assert list(Person.objects.current().filter(name="夏知秋")) == [stays(district)]
    assert verbs(double)[-1] == "merge_person"


def test_what_was_merged_before_follows(district: District, double: Person) -> None:
    third = add_person(actor=district.office, name="夏知秋")
    merge_person(actor=district.office, duplicate=third, into=double)
    merge_person(actor=district.office, duplicate=double, into=stays(district))
    third.refresh_from_db()
    assert third.merged_into == stays(district)


def test_nobody_is_merged_twice_into_himself_or_into_who_is_gone(district: District, double: Person) -> None:
    with refused("不能把一个人并入其本人"):
        merge_person(actor=district.office, duplicate=double, into=double)
    merge_person(actor=district.office, duplicate=double, into=stays(district))
    with refused("已经并入他人"):
        merge_person(actor=district.office, duplicate=double, into=district.person("秦朗"))
    with refused("请选择保留的那一位"):
        merge_person(actor=district.office, duplicate=district.person("秦朗"), into=double)


def test_what_lasts_on_the_duplicate_is_ended_first(district: District, double: Person) -> None:
    role = assign_role(actor=district.office, person=double, role=Role.PLAN_REVIEWER, valid_from=DAY)
    with refused("还有在任的角色"):
        merge_person(actor=district.office, duplicate=double, into=stays(district))
    end_role(actor=district.office, assignment=role, last_day=date(2026, 11, 15))
    merge_person(actor=district.office, duplicate=double, into=stays(district))
    assert RoleAssignment.objects.get(pk=role.pk).person == double, "what was recorded is not rewritten"


def test_a_leader_of_the_division_is_not_merged_away(district: District, double: Person) -> None:
    with refused("还有在任的席位.*还有在任的角色.*还有在任的登录账号.*在现行分工或草稿里"):
        merge_person(actor=district.office, duplicate=district.person("陆景和"), into=double)
    assert district.person("陆景和").merged_into is None


def test_a_liaison_may_not_merge(district: District, double: Person) -> None:
    with not_allowed():
        merge_person(actor=district.liaison, duplicate=double, into=stays(district))
    double.refresh_from_db()
    assert double.merged_into is None


def test_the_database_refuses_a_person_merged_into_another_committee_s(
    district: District, neighbour: District, double: Person
) -> None:
    with database_refuses("same_common_person_merged_into_id"):
        sql("UPDATE common_person SET merged_into_id = %s WHERE id = %s", neighbour.person("杜衡").pk, double.pk)
