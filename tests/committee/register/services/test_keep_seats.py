"""Seats: who sits where on a day; the database refuses overlap, a second 书记 and days out of the term."""

from datetime import date

from committee.bodies.models import Body, Seat, SeatState, Term
from committee.bodies.questions import body_on
from committee.register.services.keep_people import add_person, merge_person
from committee.register.services.keep_seat_states import end_seat_state, set_seat_state, void_seat_state
from committee.register.services.keep_seats import end_seat, seat_person, void_seat
from committee.register.services.set_places import set_places
from tests.committee.refusals import database_refuses, not_allowed, refused, sql, verbs
from tests.support.cast import District

DAY, TODAY = date(2026, 11, 10), date(2026, 11, 16)
Kind = Seat.Kind


def standing() -> Body:
    return Body.objects.get(kind=Body.Kind.STANDING)


def seat_of(district: District, name: str) -> Seat:
    return Seat.objects.of_body(Body.Kind.STANDING).get(person__name=name)


def seat(district: District, actor=None, **changed) -> Seat:
    fields = {
        "body": standing(),
        "term": Term.objects.get(number=8),
        "person": district.person("闻人澈"),
        "kind": Kind.STANDING_MEMBER,
        "valid_from": DAY,
    }
    return seat_person(actor=actor or district.office, **{**fields, **changed})


def on_leave(district: District, **changed) -> SeatState:
    fields = {
        "seat": seat_of(district, "雷定远"),
        "kind": SeatState.Kind.LONG_LEAVE,
        "counts_in_due": False,
        "basis": "市委组织部通知",
        "valid_from": DAY,
    }
    return set_seat_state(actor=district.office, **{**fields, **changed})


def test_a_new_member_sits_from_his_day_on(district: District) -> None:
    entered = seat(district, post="区委常委、副区长", basis="市委任免通知")
    assert body_on(standing(), date(2026, 11, 9)).due == 11
    assert body_on(standing(), DAY).due == 12
    assert verbs(entered) == ["seat_person"]


def test_only_those_who_keep_the_register_give_seats(district: District) -> None:
    for actor in (district.secretary, district.leader, district.head, district.liaison, district.outsider):
        with not_allowed():
            seat(district, actor)
    assert body_on(standing(), TODAY).due == 11


def test_nobody_sits_twice_and_nobody_beside_the_secretary_is_secretary(district: District) -> None:
    with refused("此人在此期间已有该会议机构的席位"):
        seat(district, person=district.person("雷定远"))
    with refused("此期间已有书记在任，不能有两位书记"):
        seat(district, kind=Kind.SECRETARY)


def test_the_database_refuses_overlap_and_a_second_secretary(district: District) -> None:
    entered = seat(district)
    with database_refuses("seat_once"):
        sql(
            "UPDATE committee_seat SET person_id = %s WHERE id = %s",
            seat_of(district, "雷定远").person_id, entered.pk,
        )  # fmt: skip
    with database_refuses("one_secretary"):
        sql("UPDATE committee_seat SET kind = 'secretary' WHERE id = %s", entered.pk)


def test_days_out_of_the_term_are_refused_by_service_and_database(district: District) -> None:
    with refused("不在第8届（2026年7月18日至2031年7月17日）之内"):
        seat(district, valid_from=date(2026, 7, 17))
    with refused("不在第8届"):
        seat(district, valid_to=date(2031, 7, 18))
    entered = seat(district)
    with database_refuses("席位的起止日须在本届"):
        sql("UPDATE committee_seat SET valid_to = '2031-07-18' WHERE id = %s", entered.pk)


def test_a_seat_of_another_committee_s_person_is_refused_by_the_database(
    district: District, neighbour: District
) -> None:
    entered = seat(district)
    with database_refuses("same_committee_seat_person_id"):
        sql("UPDATE committee_seat SET person_id = %s WHERE id = %s", neighbour.person("杜衡").pk, entered.pk)


def test_a_successor_takes_the_seat_the_day_after(district: District) -> None:
    end_seat(actor=district.office, seat=seat_of(district, "沈砚清"), last_day=date(2026, 11, 20))
    seat(district, person=district.person("闻人澈"), kind=Kind.SECRETARY, valid_from=date(2026, 11, 21))
    kinds = [(each.seat.person.name, each.seat.kind) for each in body_on(standing(), date(2026, 11, 21)).members]
    assert ("闻人澈", Kind.SECRETARY) in kinds
    assert ("沈砚清", Kind.SECRETARY) not in kinds


def test_a_seat_voided_never_counted(district: District) -> None:
    entered = seat(district)
    with refused("作废须写明理由"):
        void_seat(actor=district.office, seat=entered, reason="")
    void_seat(actor=district.office, seat=entered, reason="录错了人")
    assert body_on(standing(), TODAY).due == 11
    assert seat(district), "the person may be seated anew"


def test_a_member_may_not_end_a_seat(district: District) -> None:
    with not_allowed():
        end_seat(actor=district.secretary, seat=seat_of(district, "雷定远"), last_day=TODAY)
    assert seat_of(district, "雷定远").valid_to is None


def test_whether_a_state_counts_is_entered_with_it(district: District) -> None:
    state = on_leave(district)
    assert body_on(standing(), date(2026, 11, 9)).due == 11
    assert body_on(standing(), DAY).due == 10
    end_seat_state(actor=district.office, state=state, last_day=date(2026, 11, 30))
    assert body_on(standing(), date(2026, 12, 1)).due == 11
    on_leave(district, seat=seat_of(district, "岑以宁"), kind=SeatState.Kind.SECONDED, counts_in_due=True)
    assert body_on(standing(), TODAY).due == 10


def test_a_state_needs_a_basis_and_lies_within_the_seat(district: District) -> None:
    with refused():
        on_leave(district, basis="")
    with refused("须在席位的起止日（2026年9月2日至今）之内"):
        on_leave(district, valid_from=date(2026, 9, 1))
    state = on_leave(district)
    with refused("已登记了状态"):
        on_leave(district, valid_from=date(2026, 11, 12))
    with database_refuses("席位状态的起止日须在席位的起止日之内"):
        sql("UPDATE committee_seatstate SET valid_from = '2026-09-01' WHERE id = %s", state.pk)


def test_the_states_of_a_seat_end_with_it(district: District) -> None:
    now, later = on_leave(district, valid_to=date(2027, 1, 31)), on_leave(district, valid_from=date(2027, 3, 1))
    end_seat(actor=district.office, seat=now.seat, last_day=date(2026, 12, 31))
    now.refresh_from_db()
    later.refresh_from_db()
    assert now.valid_to == date(2026, 12, 31)
    assert later.voided_at


def test_a_state_voided_leaves_the_seat_as_it_was(district: District) -> None:
    void_seat_state(actor=district.office, state=on_leave(district), reason="通知撤回")
    assert body_on(standing(), TODAY).due == 11


def test_vacancies_are_places_less_seats_and_never_count(district: District) -> None:
    assert body_on(standing(), TODAY).vacant == 0
    end_seat(actor=district.office, seat=seat_of(district, "雷定远"), last_day=date(2026, 11, 14))
    today = body_on(standing(), TODAY)
    assert (today.due, today.vacant) == (10, 1)
    set_places(actor=district.office, body=standing(), members=13, basis="市委批复", valid_from=TODAY)
    assert body_on(standing(), TODAY).vacant == 3
    assert body_on(standing(), date(2026, 11, 15)).vacant == 1
    assert body_on(Body.objects.get(kind=Body.Kind.CONGRESS), TODAY).vacant is None


def test_places_need_a_basis_a_new_day_and_somebody_who_may(district: District) -> None:
    with not_allowed():
        set_places(actor=district.secretary, body=standing(), members=9, basis="批复", valid_from=TODAY)
    with refused("已经登记"):
        set_places(actor=district.office, body=standing(), members=9, basis="批复", valid_from=date(2026, 7, 18))
    with refused():
        set_places(actor=district.office, body=standing(), members=9, basis="", valid_from=TODAY)
    assert body_on(standing(), TODAY).places.members == 11


def test_names_sort_by_post_and_by_stroke_or_pinyin_where_asked(district: District) -> None:
    def names(order: str) -> list[str]:
        return [each.seat.person.name for each in body_on(standing(), TODAY, order).members]

    assert names("post")[:3] == ["沈砚清", "陆景和", "顾维桢"]
    assert names("pinyin")[:3] == ["岑以宁", "程望舒", "顾维桢"]
    assert names("stroke")[0] == "马春屿", "three strokes come first"


def test_a_person_who_was_merged_away_gets_no_seat(district: District) -> None:
    duplicate = add_person(actor=district.office, name="夏知秋")
    merge_person(actor=district.office, duplicate=duplicate, into=district.person("秦朗"))
    duplicate.refresh_from_db()
    with refused("已并入他人"):
        seat(district, person=duplicate)
