"""What a roster would change: nobody whom the register has as the office writes it, else person and seats with days."""

from datetime import date

import pytest

from committee.bodies.models import Body, Seat, SeatState, Term
from committee.register.services.keep_people import add_person
from committee.register.services.keep_seat_states import set_seat_state
from common.identity.models import Person
from desk.imports.findings import Code
from desk.imports.plan import Doing
from tests.desk.imports.ledgers import ROSTER, changes, doings, entry, imported, keep, only, plan_of, row
from tests.support.cast import District

TODAY = date(2026, 11, 16)


def test_the_roster_of_the_demo_district_changes_nobody(district: District) -> None:
    plan = plan_of(only(ROSTER), district.office)
    assert (plan.findings, plan.remarks) == ([], [])
    assert doings(plan) == {Doing.UNCHANGED: 46}


def test_another_post_is_shown_and_counts_from_today(district: District) -> None:
    ledgers = keep(only(ROSTER), ROSTER, "唐砺")
    row(ledgers, ROSTER, "唐砺")[5] = "区发改局局长、区粮食局局长"
    assert changes(plan_of(ledgers, district.office), "唐砺") == [
        ("现任职务", "区发改局局长", "区发改局局长、区粮食局局长"),
        (
            "全委会席位",
            "委员（区发改局局长）自2026年7月18日，至2026年11月15日",
            "委员（区发改局局长、区粮食局局长）自2026年11月16日",
        ),
    ]
    imported(district.office, ledgers)
    seats = Seat.objects.filter(person=district.person("唐砺"))
    assert [seats.on(day).get().post for day in (date(2026, 11, 15), TODAY)] == [
        "区发改局局长",
        "区发改局局长、区粮食局局长",
    ]
    assert doings(plan_of(ledgers, district.office)) == {Doing.UNCHANGED: 1}


def test_who_becomes_a_member_of_the_standing_committee_sits_there_from_the_day_of_the_roster(
    district: District,
) -> None:
    ledgers = keep(only(ROSTER), ROSTER, "闻人澈")
    row(ledgers, ROSTER, "闻人澈")[4:7] = ["常委", "区委常委、副区长", "2026年11月10日"]
    imported(district.office, ledgers)
    standing = Seat.objects.of_body(Body.Kind.STANDING).get(person=district.leader.person)
    assert (standing.kind, standing.valid_from) == (Seat.Kind.STANDING_MEMBER, date(2026, 11, 10))
    plenary = Seat.objects.of_body(Body.Kind.PLENARY).filter(person=district.leader.person).order_by("valid_from")
    assert [(seat.kind, seat.valid_to) for seat in plenary] == [
        (Seat.Kind.COMMITTEE_MEMBER, date(2026, 11, 9)),
        (Seat.Kind.STANDING_MEMBER, None),
    ]
    assert doings(plan_of(ledgers, district.office)) == {Doing.UNCHANGED: 1}


def test_a_corrected_day_voids_the_seat_and_gives_it_anew(district: District) -> None:
    ledgers = keep(only(ROSTER), ROSTER, "唐砺")
    row(ledgers, ROSTER, "唐砺")[6] = date(2026, 7, 20)
    imported(district.office, ledgers)
    wrong, right = Seat.objects.filter(person=district.person("唐砺")).order_by("pk")
    assert wrong.void_reason == "按委员名册更正"
    assert (right.valid_from, right.voided_at) == (date(2026, 7, 20), None)


def test_another_place_in_the_order_moves_person_and_seat_and_nothing_else(district: District) -> None:
    ledgers = keep(only(ROSTER), ROSTER, "唐砺")
    row(ledgers, ROSTER, "唐砺")[0] = 60
    assert changes(plan_of(ledgers, district.office), "唐砺") == [("排序", "19", "60")]
    imported(district.office, ledgers)
    seat = Seat.objects.get(person=district.person("唐砺"))
    assert (seat.rank_order, seat.person.rank_order, seat.valid_from) == (60, 60, date(2026, 7, 18))


def test_a_second_secretary_waits_until_the_first_has_left(district: District) -> None:
    ledgers = keep(only(ROSTER), ROSTER, "顾维桢")
    row(ledgers, ROSTER, "顾维桢")[5] = "区委书记"
    plan = plan_of(ledgers, district.office)
    assert [found.code for found in plan.findings] == [Code.SEAT_TAKEN]
    assert "沈砚清任书记" in plan.findings[0].cause
    assert entry(plan, "顾维桢").doing is Doing.FOUND


def test_a_new_secretary_follows_the_one_whom_the_same_roster_moves(district: District) -> None:
    ledgers = keep(only(ROSTER), ROSTER, "沈砚清", "顾维桢")
    row(ledgers, ROSTER, "顾维桢")[5:7] = ["区委书记", "2026年11月12日"]
    row(ledgers, ROSTER, "沈砚清")[4:7] = ["委员", "市政协副主席", "2026年11月12日"]
    ledgers[ROSTER][3:] = reversed(ledgers[ROSTER][3:])  # the new one stands first and is still written last
    imported(district.office, ledgers)
    secretary = Seat.objects.of_body(Body.Kind.STANDING).on(TODAY).get(kind=Seat.Kind.SECRETARY)
    assert secretary.person.name == "顾维桢"
    assert not Seat.objects.of_body(Body.Kind.STANDING).on(TODAY).filter(person__name="沈砚清").exists()


def test_a_day_outside_the_term_is_found(district: District) -> None:
    ledgers = keep(only(ROSTER), ROSTER, "唐砺")
    row(ledgers, ROSTER, "唐砺")[6] = date(2026, 7, 1)
    (found,) = plan_of(ledgers, district.office).findings
    assert (found.code, found.cell) == (Code.OUT_OF_TERM, "G4")


def test_a_day_in_no_term_of_a_roster_that_names_none_is_found(district: District) -> None:
    ledgers = keep(only(ROSTER), ROSTER, "唐砺")
    ledgers[ROSTER][0] = ["委员名册"]
    row(ledgers, ROSTER, "唐砺")[6:8] = [date(2020, 7, 1), None]
    (found,) = plan_of(ledgers, district.office).findings
    assert (found.code, found.cell) == (Code.TERM_UNKNOWN, "G4")


def test_a_seat_with_a_state_is_not_changed_by_a_list_that_does_not_speak_of_it(district: District) -> None:
    seat = Seat.objects.get(person=district.person("唐砺"))
    set_seat_state(
        actor=district.office,
        seat=seat,
        kind=SeatState.Kind.LONG_LEAVE,
        counts_in_due=False,
        basis="区委批准",
        valid_from=date(2026, 11, 1),
    )
    ledgers = keep(only(ROSTER), ROSTER, "唐砺")
    row(ledgers, ROSTER, "唐砺")[5] = "区人大常委会副主任"
    assert [found.code for found in plan_of(ledgers, district.office).findings] == [Code.SEAT_HAS_STATE]


def test_members_whom_the_roster_leaves_out_are_named_and_left_alone(district: District) -> None:
    before = Seat.objects.count()
    plan = plan_of(keep(only(ROSTER), ROSTER, "沈砚清"), district.office)
    (remark,) = plan.remarks
    assert remark.startswith("系统里在任而名册里没有的有45人：陆景和、") and "导入不改动他们" in remark
    assert (plan.to_write, Seat.objects.count()) == ([], before)


def test_a_new_term_that_shares_days_with_another_is_found(district: District) -> None:
    ledgers = keep(only(ROSTER), ROSTER, "沈砚清")
    ledgers[ROSTER][0] = ["中共清宁市云川区第九届委员会委员名册"]
    ledgers[ROSTER][3][7] = "9届"
    (found,) = plan_of(ledgers, district.office).findings
    assert found.code is Code.TERM_CLASHES
    assert "重叠" in found.cause


@pytest.mark.parametrize(
    ("first", "last"),
    [((2026, 7, 18), (2031, 7, 17)), ((2028, 2, 29), (2033, 2, 28)), ((2028, 3, 1), (2033, 2, 28))],
)
def test_a_new_term_lasts_five_years_whatever_its_first_day(district: District, first: tuple, last: tuple) -> None:
    ledgers = keep(only(ROSTER), ROSTER, "沈砚清")
    ledgers[ROSTER][0] = ["中共清宁市云川区第九届委员会委员名册"]
    ledgers[ROSTER][3][6:8] = [date(*first), "9届"]
    said = " ".join((*(plan := plan_of(ledgers, district.office)).remarks, *(found.cause for found in plan.findings)))
    assert f"起五年，至{last[0]}年{last[1]}月{last[2]}日" in said


def test_the_next_term_ends_the_seats_of_the_one_before(district: District) -> None:
    Term.objects.update(ends_on=date(2026, 10, 31))
    ledgers = keep(only(ROSTER), ROSTER, "沈砚清")
    ledgers[ROSTER][0] = ["中共清宁市云川区第九届委员会委员名册"]
    ledgers[ROSTER][3][6:8] = [date(2026, 11, 1), "9届"]
    imported(district.office, ledgers)
    assert str(Term.objects.get(number=9).ends_on) == "2031-10-31"
    seats = Seat.objects.of_body(Body.Kind.STANDING).filter(person=district.secretary.person).order_by("pk")
    assert [(seat.term.number, str(seat.valid_to)) for seat in seats] == [(8, "2026-10-31"), (9, "None")]


def test_namesakes_are_told_apart_by_what_stands_in_brackets(district: District) -> None:
    add_person(actor=district.office, name="唐砺", gender="female", post_title="区图书馆馆长")
    ledgers = keep(only(ROSTER), ROSTER, "唐砺")
    row(ledgers, ROSTER, "唐砺")[1] = "唐砺"
    assert [found.code for found in plan_of(ledgers, district.office).findings] == [Code.AMBIGUOUS_PERSON]
    ledgers[ROSTER][3][1] = "唐砺（男）"
    assert doings(plan_of(ledgers, district.office)) == {Doing.UNCHANGED: 1}


def test_two_new_namesakes_are_entered_once_and_known_again(district: District) -> None:
    ledgers = keep(only(ROSTER), ROSTER, "唐砺", "曹以谦")
    day = date(2026, 7, 18)
    ledgers[ROSTER][3:] = [
        [47, "赵宁（女）", "女", "汉", "委员", "区文旅局局长", day, "8届"],
        [48, "赵宁（男）", "男", "汉", "委员", "区交通局局长", day, "8届"],
    ]
    imported(district.office, ledgers)
    assert [person.gender for person in Person.objects.filter(name="赵宁").order_by("rank_order")] == ["female", "male"]
    assert doings(plan_of(ledgers, district.office)) == {Doing.UNCHANGED: 2}


@pytest.mark.parametrize("name", ["陆　景　和", "陆景和同志"])
def test_a_name_padded_or_with_its_form_of_address_is_the_same_person(district: District, name: str) -> None:
    ledgers = keep(only(ROSTER), ROSTER, "陆景和")
    ledgers[ROSTER][3][1] = name
    assert doings(plan_of(ledgers, district.office)) == {Doing.UNCHANGED: 1}
