"""Who is counted: seat states, vacancies, attendants, recusals."""

import pytest

from decisions.rules.tally import Room, SeatOnDay, due_members, entitled_present

SEATS = (
    SeatOnDay("沈砚清", "在任"),
    SeatOnDay("陆景和", "在任"),
    SeatOnDay("顾维桢", "挂职"),
    SeatOnDay("韩立岑", "停职"),
    SeatOnDay("苏文珩", "长期请假"),
    SeatOnDay(None, "缺额"),
)


@pytest.mark.parametrize(
    ("counting", "due"),
    [
        ({"在任"}, 2),
        ({"在任", "挂职"}, 3),
        ({"在任", "挂职", "长期请假"}, 4),
        ({"在任", "挂职", "长期请假", "停职"}, 5),
        ({"在任", "缺额"}, 3),
        (set(), 0),
    ],
)
def test_which_states_count_is_what_the_rule_set_says(counting, due):
    assert len(due_members(SEATS, counting)) == due


def test_what_was_registered_for_a_seat_goes_before_the_rule_sets_states():
    seats = [
        SeatOnDay("沈砚清", "在任"),
        SeatOnDay("韩立岑", "停职", counts=True),
        SeatOnDay("顾维桢", "挂职", counts=False),
    ]
    assert [seat.member for seat in due_members(seats, {"在任", "挂职"})] == ["沈砚清", "韩立岑"]


def test_nobody_is_due_twice():
    with pytest.raises(ValueError, match="有人占有两个席位"):
        due_members([SeatOnDay("沈砚清", "在任"), SeatOnDay("沈砚清", "挂职")], {"在任", "挂职"})


def test_two_vacancies_are_not_the_same_person():
    assert len(due_members([SeatOnDay(None, "缺额"), SeatOnDay(None, "缺额")], {"缺额"})) == 2


def test_only_who_is_due_in_the_room_and_not_recused_may_vote():
    due = due_members(SEATS, {"在任", "挂职", "缺额"})
    room = {"沈砚清", "顾维桢", "韩立岑", "林知微"}
    assert [seat.member for seat in entitled_present(due, room)] == ["沈砚清", "顾维桢"]
    assert [seat.member for seat in entitled_present(due, room, {"顾维桢"})] == ["沈砚清"]


def test_a_room_of_names_gives_its_numbers():
    due = due_members(SEATS, {"在任", "挂职", "长期请假"})
    assert Room.of(due, {"沈砚清", "顾维桢", "林知微"}, {"顾维桢"}) == Room(4, 1, 1)


def test_a_recused_member_who_is_absent_counts_once():
    due = due_members(SEATS, {"在任"})
    assert Room.of(due, {"沈砚清"}, {"陆景和"}) == Room(2, 1, 1)


def test_recusal_of_an_attendant_does_not_touch_the_numbers():
    due = due_members(SEATS, {"在任"})
    assert Room.of(due, {"沈砚清", "陆景和", "林知微"}, {"林知微"}) == Room(2, 2, 0)
