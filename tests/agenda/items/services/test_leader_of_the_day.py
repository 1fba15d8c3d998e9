"""分管领导 is found through the 分工 of the day of signing: the turn moves with it, signatures given stay."""

from datetime import date, timedelta

import pytest

from agenda.items.filing import possible_leaders
from agenda.items.models import Item
from agenda.items.policies import visible_to
from agenda.items.reports import waiting_for
from agenda.items.services.sign_item import sign_item
from agenda.items.standing import standing_of
from committee.bodies.models import Seat
from committee.register.services.keep_seats import end_seat
from committee.roles.models import Role, RoleAssignment
from common import clock as domain_clock
from common.services import NotAllowed, Refused
from tests.agenda.items.services.test_paper_signature import paper
from tests.committee.division.services.test_draft_division import start
from tests.committee.division.services.test_put_in_force import DAY, adopt, hand_over_education
from tests.support import stories
from tests.support.cast import District
from tests.support.time import Clock


def waits_for(district: District) -> set[str]:
    """Who of the leaders finds a signature on his workbench."""
    names = ("闻人澈", "祁连山", "邬思远", "顾维桢", "邵闻笛", "陆景和", "贺北辰")
    today = domain_clock.today()
    return {name for name in names if "签批" in [task.verb for task in waiting_for(district.actor(name), today)]}


def sign(district: District, item: Item, name: str) -> None:
    sign_item(actor=district.actor(name), item=item, digest=item.version.digest)


def at_leader(district: District, **sheet: object) -> Item:
    """Waiting for 分管领导."""
    return stories.sign_on(district, stories.vetted_item(district, **sheet), until="leader_in_charge")


def new_division(district: District) -> None:
    """From 11月20日 教体局 is 祁连山's, with 邬思远 as AB角."""
    division = start(district)
    hand_over_education(district, division)
    adopt(district, division)


@pytest.fixture
def handed_over(district: District, clock: Clock) -> Item:
    """城东学校 waited for 闻人澈; the new 分工 is in force today."""
    item = at_leader(district)
    new_division(district)
    assert waits_for(district) == {"闻人澈"}
    clock.set(f"{DAY} 08:30")
    return item


def test_after_a_new_division_it_is_the_new_leaders_turn(district: District, handed_over: Item) -> None:
    turn = standing_of(handed_over).turn
    assert turn is not None
    assert turn.sentence == "现在等分管领导祁连山签批（外出时由AB角邬思远代签）。"
    assert waits_for(district) == {"祁连山", "邬思远"}
    for name in ("祁连山", "闻人澈"):
        assert visible_to(district.actor(name)).filter(pk=handed_over.pk).exists()


def test_the_leader_of_before_signs_no_more(district: District, handed_over: Item) -> None:
    with stories.nothing_changes(handed_over), pytest.raises(NotAllowed, match="现在等分管领导祁连山签批"):
        sign(district, handed_over, "闻人澈")
    sign(district, handed_over, "祁连山")
    assert waits_for(district) == {"陆景和"}


def test_what_he_signed_in_his_time_stays(district: District, clock: Clock) -> None:
    item = stories.sign_on(district, stories.vetted_item(district), until="mayor")
    new_division(district)
    clock.set(f"{DAY} 08:30")
    assert [line.who for line in standing_of(item).signatures][:2] == ["林知微", "闻人澈"]
    assert waits_for(district) == {"陆景和"}


def test_what_he_signed_on_paper_in_his_time_is_entered_afterwards(district: District, handed_over: Item) -> None:
    with stories.nothing_changes(handed_over), pytest.raises(Refused, match="签字的不是这一步的签字人"):
        paper(district, handed_over, "闻人澈", signed_on=DAY)
    assert paper(district, handed_over, "闻人澈", signed_on=date(2026, 11, 19)).for_person is None


def test_when_a_leader_has_left_his_seat_the_other_in_charge_signs(district: District, clock: Clock) -> None:
    item = at_leader(district, unit="农业农村局", leader="顾维桢", presenter="局长")
    assert waits_for(district) == {"顾维桢", "邵闻笛"}  # 邵闻笛 is his AB角
    for seat in Seat.objects.on(domain_clock.today()).filter(person__name="顾维桢"):
        end_seat(actor=district.office, seat=seat, last_day=date(2026, 11, 18))
    clock.set("2026-11-19 08:30")
    with stories.nothing_changes(item), pytest.raises(NotAllowed, match="现在等分管领导祁连山签批"):
        sign(district, item, "顾维桢")
    assert waits_for(district) == {"祁连山"}
    assert [one.name for one in possible_leaders(item.unit_id, domain_clock.today())] == ["祁连山"]
    sign(district, item, "祁连山")


def test_nobody_in_charge_is_said_and_nobody_signs(district: District) -> None:
    """闻人澈 is no 副区长 any more, and the 分工 names no other for 教体局."""
    item = at_leader(district)
    yesterday = domain_clock.today() - timedelta(days=1)
    RoleAssignment.objects.filter(role=Role.DEPUTY_MAYOR, person__name="闻人澈").update(valid_to=yesterday)
    with stories.nothing_changes(item), pytest.raises(NotAllowed, match="该分管领导签批，但这个职务今天没有登记任职"):
        sign(district, item, "闻人澈")
    assert not waits_for(district)


def test_a_leader_whom_the_unit_chose_keeps_what_names_him(district: District, clock: Clock) -> None:
    """Nobody is in charge of a township, before and after the new 分工."""
    item = at_leader(district, unit="石桥镇", leader="贺北辰", presenter="镇长")
    new_division(district)
    clock.set(f"{DAY} 08:30")
    assert waits_for(district) == {"贺北辰"}
    sign(district, item, "贺北辰")
