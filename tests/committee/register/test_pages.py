"""Pages of the register: what they show on a day, and each act from its form over its question to the row."""

import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from committee.bodies.models import Body, BodyPlaces, Seat, SeatState, Term
from committee.register.services.keep_people import add_person
from committee.register.services.keep_seats import end_seat
from committee.roles.models import Role, RoleAssignment
from committee.units.models import Unit
from common.calendar.models import CalendarDay
from common.calendar.publish import forget_calendar
from common.identity.models import Account, ActingFor, Person
from tests.committee.windows import address, text, window
from tests.support.cast import District


@pytest.fixture
def clerk(district: District):
    return window("mishuke")


@pytest.fixture
def admin(district: District):
    return window("admin")


def standing() -> Body:
    return Body.objects.get(kind=Body.Kind.STANDING)


def seat_of(name: str) -> Seat:
    return Seat.objects.of_body(Body.Kind.STANDING).get(person__name=name, voided_at=None)


def act(client, url: str, **data: object):
    """Send a form, and where it asks, consent; the last answer."""
    answer = client.post(url, data)
    if answer.status_code == 200 and "confirmed" in text(answer):
        answer = client.post(url, data | {"confirmed": "1"})
    return answer


def seen(client, url: str) -> str:
    """What a form carries to say which text it was opened on."""
    found = re.search(r'name="seen" value="(\w+)"', text(client.get(url)))
    assert found
    return found[1]


# What is shown, and on which day.


def test_the_overview_answers_for_the_day_in_the_address(clerk, district: District) -> None:
    end_seat(actor=district.office, seat=seat_of("雷定远"), last_day=date(2026, 10, 31))
    assert "应到 10 人，缺额 1" in text(clerk.get(address("overview")))
    past = text(clerk.get(address("overview"), {"day": "2026-09-12"}))
    assert "应到 11 人" in past
    assert "以下是<time" in past
    assert "应到 10 人" in text(clerk.get(address("overview"), {"day": "2026-08-01"})), "雷定远 came in September"
    assert clerk.get(address("overview"), {"day": "昨天"}).status_code == 200


def test_a_body_sorts_by_post_pinyin_or_stroke(clerk) -> None:
    def first(order: str) -> int:
        page = text(clerk.get(address("body", standing().pk), {"order": order}))
        return page.index("马春屿") < page.index("沈砚清")

    assert not first("")
    assert first("stroke")
    assert first("pinyin")


def test_units_are_narrowed_and_come_out_as_a_workbook(clerk) -> None:
    page = text(clerk.get(address("units"), {"q": "局", "kind": "government"}))
    assert "教体局" in page
    assert "组织部" not in page
    answer = clerk.get(address("units_excel"), {"q": "教育"})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[0][:4] == ("简称", "全称", "类型", "主要负责人")
    assert rows[1][:6] == ("教体局", "区教育和体育局", "政府部门", "林知微", "梁思齐", "闻人澈")
    assert len(rows) == 2


def test_people_are_found_by_name_post_and_seat(clerk) -> None:
    assert "闻人澈" in text(clerk.get(address("people"), {"q": "闻人 澈"}))
    alternates = text(clerk.get(address("people"), {"seat": "alternate_member"}))
    assert "卓玛央金" in alternates
    assert "沈砚清" not in alternates
    answer = clerk.get(address("people_excel"), {"q": "闻人澈"})
    assert list(load_workbook(io.BytesIO(answer.content)).active.values)[1][:2] == ("闻人澈", "副区长")


def test_a_person_shows_seats_roles_and_duties_of_a_day(clerk, district: District) -> None:
    url = address("person", district.leader.person.pk)
    page = text(clerk.get(url))
    assert "全委会委员" in page.replace("区委", "")
    assert "分管教育、体育、卫生健康工作" in page
    assert "这一天的分工里没有这个人" in text(clerk.get(url, {"day": "2026-09-01"}))
    assert "历次分工" in text(clerk.get(url, {"tab": "past"}))
    assert "停用" not in text(clerk.get(url, {"tab": "logins"})), "the clerk sees no logins"


def test_the_number_of_queries_does_not_grow_with_the_rows(
    clerk, district: District, django_assert_num_queries
) -> None:
    pages = [address(name) for name in ("overview", "units", "people", "roles", "division")]
    few = {}
    for url in pages:
        clerk.get(url)
        with CaptureQueriesContext(connection) as queries:
            clerk.get(url)
        few[url] = len(queries)
    unit, term, body = district.unit("教体局"), Term.objects.get(), Body.objects.get(kind=Body.Kind.PLENARY)
    for number in range(60):
        person = Person.objects.create(committee=district.committee, name=f"新人{number}")
        common = {"committee": district.committee, "valid_from": date(2026, 8, 1), "recorded_at": "2026-08-01T00:00Z"}
        RoleAssignment.objects.create(person=person, role=Role.ITEM_LIAISON, unit=unit, **common)
        Seat.objects.create(person=person, body=body, term=term, kind=Seat.Kind.COMMITTEE_MEMBER, **common)
        Unit.objects.create(short_name=f"单位{number}", full_name=f"区单位{number}", kind=Unit.Kind.OTHER, **common)
    for url in pages:
        with django_assert_num_queries(few[url]):
            clerk.get(url)


# What is done.


def test_a_seat_is_given_ended_and_its_state_set(clerk, district: District) -> None:
    form = {"person": "闻人澈", "kind": "standing_member", "term": Term.objects.get().pk, "valid_from": "2026-11-16"}
    url = address("seat_new", standing().pk)
    assert act(clerk, url, **form)["Location"] == address("body", standing().pk)
    again = act(clerk, url, **form)
    assert again.status_code == 409
    assert "此人在此期间已有该会议机构的席位" in text(again)

    seat = seat_of("闻人澈")
    state = {"kind": "long_leave", "counts_in_due": "no", "valid_from": "2026-11-17", "basis": "批复"}
    asked = clerk.post(address("seat_state", seat.pk), state)
    assert '闻人澈自<span class="day">2026年11月17日</span>起，直至另行登记长期请假，不计入应到' in text(asked)
    assert not SeatState.objects.exists(), "nothing is written before consent"
    act(clerk, address("seat_state", seat.pk), **state)
    act(clerk, address("seat_end", seat.pk), valid_to="2026-12-31")
    seat.refresh_from_db()
    assert (seat.valid_to, SeatState.objects.get().valid_to) == (date(2026, 12, 31), date(2026, 12, 31))
    act(clerk, address("seat_state_end", SeatState.objects.get().pk), valid_to="2026-11-30")
    act(clerk, address("seat_state_void", SeatState.objects.get().pk), reason="录错")
    act(clerk, address("seat_void", seat.pk), reason="录错")
    assert not Seat.objects.standing().filter(pk=seat.pk).exists()


def test_a_name_that_is_not_clear_is_never_guessed(clerk, district: District) -> None:
    add_person(actor=district.office, name="闻人澈", post_title="区人大代表")
    form = {"kind": "standing_member", "term": Term.objects.get().pk, "valid_from": "2026-11-16"}
    url = address("seat_new", standing().pk)
    assert "有 2 位「闻人澈」，请从列表中按职务选定" in text(clerk.post(url, form | {"person": "闻人澈"}))
    assert "没有「闻人彻」这个人" in text(clerk.post(url, form | {"person": "闻人彻"}))
    assert act(clerk, url, **form, person="闻人澈（副区长）").status_code == 302


def test_places_and_terms_are_entered(clerk) -> None:
    act(
        clerk,
        address("body_places", standing().pk),
        members="13",
        alternates="0",
        valid_from="2026-11-16",
        basis="批复",
    )
    assert BodyPlaces.objects.filter(members=13).exists()
    act(clerk, address("term_extend", Term.objects.get().pk), extended_to="2032-01-31", basis="市委批复")
    assert Term.objects.get().extended_to == date(2032, 1, 31)
    act(clerk, address("term_new"), number="9", starts_on="2032-02-01", ends_on="2037-01-31")
    assert Term.objects.filter(number=9).exists()


def test_a_unit_is_entered_corrected_renamed_and_ended(clerk, district: District) -> None:
    form = {"full_name": "区大数据局", "short_name": "大数据局", "kind": "government", "valid_from": "2026-11-01"}
    unit_page = act(clerk, address("unit_new"), **form)["Location"]
    unit = Unit.objects.get(short_name="大数据局")
    assert unit_page == address("unit", unit.pk)
    changed = {"kind": "government", "phone": "8603999", "rank_order": ""}
    act(clerk, address("unit_edit", unit.pk), **changed, seen=seen(clerk, address("unit_edit", unit.pk)))
    act(
        clerk,
        address("unit_rename", unit.pk),
        full_name="区数据局", short_name="数据局", valid_from="2026-11-20",
    )  # fmt: skip
    renamed = Unit.objects.get(short_name="数据局")
    assert (renamed.predecessor, renamed.phone) == (unit, "8603999")
    assert "名称沿革" in text(clerk.get(address("unit", renamed.pk)))
    act(clerk, address("unit_end", renamed.pk), valid_to="2026-12-31")
    renamed.refresh_from_db()
    assert renamed.valid_to == date(2026, 12, 31)


def test_a_person_is_entered_after_asking_about_namesakes_and_merged(clerk) -> None:
    form = {"name": "夏知秋", "post_title": "", "gender": "", "ethnicity": "", "phone": "", "email": ""}
    asked = clerk.post(address("person_new"), form)
    assert "已经登记了 1 位「夏知秋」" in text(asked)
    act(clerk, address("person_new"), **form)
    stays, double = Person.objects.filter(name="夏知秋").order_by("pk")
    assert "同一个人登记了两次的，请合并" in text(clerk.get(address("person", double.pk)))
    label = f"夏知秋，编号 {stays.pk}"
    assert act(clerk, address("person_merge", double.pk), into=label)["Location"] == address("person", stays.pk)
    double.refresh_from_db()
    assert double.merged_into == stays
    edit = address("person_edit", stays.pk)
    act(clerk, edit, **form | {"phone": "8602098", "seen": seen(clerk, edit)})
    assert Person.objects.get(pk=stays.pk).phone == "8602098"


def test_what_stands_against_a_merge_is_said_before_it_is_asked(clerk, district: District) -> None:
    page = clerk.post(address("person_merge", district.mayor.person.pk), {"into": "夏知秋"})
    assert "还有在任的席位" in text(page)
    assert "confirmed" not in text(page)


def test_a_role_is_given_ended_and_voided(clerk, district: District) -> None:
    form = {"person": "夏知秋", "role": "item_liaison", "unit": district.unit("教体局").pk, "valid_from": "2026-11-01"}
    act(clerk, address("role_new"), **form)
    role = RoleAssignment.objects.get(person__name="夏知秋")
    act(clerk, address("role_end", role.pk), valid_to="2026-11-30")
    role.refresh_from_db()
    assert role.valid_to == date(2026, 11, 30)
    act(clerk, address("role_void", role.pk), reason="录错")
    assert not RoleAssignment.objects.standing().filter(pk=role.pk).exists()
    without_unit = act(clerk, address("role_new"), **form | {"unit": ""})
    assert without_unit.status_code == 409
    assert "须写明单位" in text(without_unit)


def test_the_link_from_a_unit_knows_which_unit_and_role(clerk, district: District, neighbour: District) -> None:
    unit = district.unit("教体局").pk
    assert f'value="{unit}" selected' in text(clerk.get(address("role_new"), {"unit": unit, "role": "unit_head"}))
    foreign = neighbour.unit("教体局").pk
    assert f'value="{foreign}"' not in text(clerk.get(address("role_new"), {"unit": foreign}))


def test_logins_are_opened_delegated_reset_and_ended(admin, district: District, clock) -> None:
    person = district.person("唐砺")
    act(admin, address("account_open", person.pk), username="fagaiju", password="qingning-2026-11")
    account = Account.objects.get(username="fagaiju")
    assert "待改初始密码" in text(admin.get(address("accounts"), {"q": "fagaiju"}))
    act(admin, address("account_password", account.pk), password="qingning-2026-12")
    assert Account.objects.get(pk=account.pk).check_password("qingning-2026-12")
    act(admin, address("account_delegate", person.pk), username="mishuke", basis="书面委托", valid_to="")
    assert ActingFor.objects.filter(person=person, kind="staff").exists()
    clock.forward(days=2)
    act(admin, address("account_end", ActingFor.objects.get(account=account).pk), reason="调离")
    assert not ActingFor.objects.on(date(2026, 11, 18)).filter(account=account).exists()


def test_a_leader_delegates_for_himself_on_his_own_page(district: District) -> None:
    own, person = window("fuqu"), district.leader.person
    assert "委托他人代办" in text(own.get(address("person", person.pk), {"tab": "logins"}))
    act(own, address("account_delegate", person.pk), username="mishuke", basis="本人委托", valid_to="2026-11-30")
    assert ActingFor.objects.get(person=person, kind="staff").valid_to == date(2026, 11, 30)
    assert own.get(address("account_delegate", district.mayor.person.pk)).status_code == 404


def test_a_locked_login_is_seen_and_unlocked(admin, client) -> None:
    for _ in range(5):
        client.post("/login/", {"username": "jiaotiju", "password": "wrong-password"})
    assert "已锁定" in text(admin.get(address("accounts"), {"q": "jiaotiju"}))
    admin.post(address("account_unlock", Account.objects.get(username="jiaotiju").pk))
    assert "已锁定" not in text(admin.get(address("accounts"), {"q": "jiaotiju"}))


def test_the_calendar_says_what_is_published_and_what_is_not(clerk, admin) -> None:
    forget_calendar()
    this_year = text(clerk.get(address("calendar")))
    assert "已公布" in this_year
    assert "全年 248 个工作日" in this_year
    next_year = text(clerk.get(address("calendar"), {"year": "2027"}))
    assert "未公布" in next_year
    assert "暂按周一至周五上班计" in next_year

    form = {"year": "2027", "source": "国办发明电〔2026〕7号", "days": "2027-01-01 休 元旦\n2027-01-03 班 元旦调休"}
    wrong = admin.post(address("calendar_publish"), form | {"days": "元旦放假"})
    assert "第 1 行「元旦放假」看不明白" in text(wrong)
    asked = text(admin.post(address("calendar_publish"), form))
    assert "改动 365 天" in asked
    assert "2027年1月3日（周日）" in asked
    assert act(admin, address("calendar_publish"), **form)["Location"] == f"{address('calendar')}?year=2027"
    assert CalendarDay.objects.filter(day__year=2027).count() == 365
