"""干部任免 of eight names, 8 of 11 present, each in a browser of his own: drafted, issued, cast, counted, signed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from agenda.meetings.models import AgendaEntry
from common.identity.models import Account
from decisions.ballots.models import Ballot, BallotEnvelope
from decisions.votes.models import RoundResult
from tests.decisions.ballots_story import cadre_entry, device_ballot, paper_ballot, questions_of
from tests.decisions.hall_story import MEMBERS
from tests.journey.people import Someone
from tests.support.browser import axe_complaints
from tests.support.cast import District

pytestmark = [pytest.mark.browser, pytest.mark.long]

PRESENT = ("沈砚清", "陆景和", "顾维桢", "韩立岑", "苏文珩", "马春屿", "邵闻笛", "雷定远")
CHIEF, FIRST, SECOND = "韩立岑", "马春屿", "雷定远"
NAMES = tuple(f"拟任人选{one}" for one in "甲乙丙丁戊己庚辛")
TABLET = {"width": 768, "height": 1024}


class Room:
    """Everybody's own browser, opened once."""

    def __init__(self, open_page: Callable[..., Page], district: District) -> None:
        self.open_page, self.district = open_page, district
        self.there: dict[str, Someone] = {}

    def __getitem__(self, name: str) -> Someone:
        if name not in self.there:
            self.district.client(name)
            account = Account.objects.get(acting__person__name=name)
            self.there[name] = Someone(self.open_page(account, viewport=TABLET))
        return self.there[name]


@pytest.fixture
def room(open_page: Callable[..., Page], district: District) -> Room:
    return Room(open_page, district)


def test_eight_names_are_voted_on_by_eight_of_eleven_on_their_own_devices(room: Room, district: District) -> None:
    entry = cadre_entry(district, present=PRESENT, names=NAMES)
    ballot = draft_it(room, entry)
    written = watch_and_issue(room, ballot)
    posted = vote(room, ballot)
    assert len({len(body) for body in posted}) == 1
    assert not any(word in body for body in posted for word in ("拟任", "同意", "%E5"))
    expect(room["周予安"].page.locator("body")).to_contain_text("已截止")
    count_and_sign(room, ballot, written)
    assert RoundResult.objects.filter(round__question__entry=entry, passed=True).count() == 7
    assert not BallotEnvelope.objects.exists()


def draft_it(room: Room, entry: AgendaEntry) -> Ballot:
    """秘书科 drafts from the console and names who watches."""
    clerk = room["周予安"].go(f"/meetings/{entry.meeting_id}/console/").press("无记名票决")
    clerk.press("拟定")
    for label, name in (("总监票人", CHIEF), ("监票人", FIRST), ("另一名监票人", SECOND)):
        clerk.choose(label, str(room.district.person(name)))
    clerk.press("确定").sees("请监票人各自确认")
    return Ballot.objects.get()


def watch_and_issue(room: Room, ballot: Ballot) -> dict[str, str]:
    """All three confirm as far as needed, take their codes, and two issue; the codes are theirs alone."""
    path, written = f"/ballots/{ballot.pk}/", {}
    for name in (CHIEF, FIRST):
        room[name].go(path).press("确认").sees("确认已记录")
    for name in (CHIEF, FIRST, SECOND):
        page = room[name].go(path).press("领取监票口令").press("领取，显示口令").page
        written[name] = page.locator(".shown-once").inner_text()
        assert re.fullmatch(r"\d{4}( \d{4}){3}", written[name])
        page.get_by_role("link", name="已抄好").click()
        room[name].sees_not(written[name])
    room["周予安"].go(path).press("发放表决票")
    confirm_dialog(room["周予安"])
    room["周予安"].sees("还须另一人确认")
    room[CHIEF].go(path).press("发放表决票")
    confirm_dialog(room[CHIEF])
    room[CHIEF].sees("已投")
    room["周予安"].go(path).sees("已投 0 / 8")
    return written


def confirm_dialog(someone: Someone) -> None:
    someone.page.get_by_role("dialog").get_by_role("button", name="发放表决票").click()
    someone.page.wait_for_load_state()


def vote(room: Room, ballot: Ballot) -> list[str]:
    """Everybody approves of all but the last, of whom five put it off; what was posted is returned."""
    posted: list[str] = []
    for place, name in enumerate(PRESENT):
        someone = room[name].go(f"/ballots/{ballot.pk}/vote/")
        page = someone.page
        cards = page.locator("[data-slot]")
        expect(cards).to_have_count(8)
        for card in range(8):
            word = "缓议" if card == 7 and place < 5 else "同意"
            cards.nth(card).locator("label", has_text=re.compile(f"^{word}$")).click()
        expect(page.locator("[data-marking] [data-counter]")).to_have_text("共 8 项，已填 8 项")
        assert axe_complaints(page) == []
        page.get_by_role("button", name="核对").click()
        expect(page.locator("[data-lines] li")).to_have_count(8)
        page.on("request", lambda asked: posted.append(asked.post_data or "") if asked.method == "POST" else None)
        page.get_by_role("button", name="投票", exact=True).click()
        someone.sees("已投票")
        page.go_back()
        expect(page.locator("input:checked")).to_have_count(0)
        kept = page.evaluate("Object.values({...localStorage, ...sessionStorage})")
        assert set(kept) <= {f"/ballots/{ballot.pk}/vote/"}  # where htmx notes its page
    return [re.sub(r"csrfmiddlewaretoken=[^&]*", "", body) for body in posted]


def count_and_sign(room: Room, ballot: Ballot, written: dict[str, str]) -> None:
    path = f"/ballots/{ballot.pk}/"
    desk = room[FIRST].go(path).press("计票")
    desk.fill(f"{FIRST}的监票口令", written[FIRST]).fill(f"{SECOND}的监票口令", "0000 0000 0000 0000")
    desk.press("开启并计票").sees("口令不对")
    assert Ballot.objects.get().state == "closed"
    desk.fill(f"{FIRST}的监票口令", written[FIRST]).fill(f"{SECOND}的监票口令", written[SECOND])
    desk.press("开启并计票").sees("已计票")
    desk.sees("应到 11").sees("缓议")
    for name in (CHIEF, FIRST, SECOND):
        room[name].go(path).press("签署报告单").sees("签署已记录")
    room["周予安"].go(path).sees("已报告")
    room["周予安"].go(f"/meetings/{ballot.entry.meeting_id}/console/").sees("第 1 次无记名票决")


def test_without_scripts_the_page_says_so_and_nothing_can_be_sent(
    open_page: Callable[..., Page], district: District
) -> None:
    ballot, _ = device_ballot(district, cadre_entry(district))
    district.client("沈砚清")
    account = Account.objects.get(acting__person__name="沈砚清")
    page = open_page(account, java_script_enabled=False, viewport=TABLET)
    page.goto(f"/ballots/{ballot.pk}/vote/")
    expect(page.locator("body")).to_contain_text("改用纸质票")
    assert page.locator("button:visible, input:visible").count() == 0
    assert page.locator("[data-slot] [name]").count() == 0
    assert not BallotEnvelope.objects.exists()


def test_an_election_counts_the_places_and_takes_a_name_written_in(room: Room, district: District) -> None:
    entry = cadre_entry(district)
    ballot, _ = device_ballot(district, entry, places=2, roster=[district.person("闻人澈")])
    page = room["沈砚清"].go(f"/ballots/{ballot.pk}/vote/").page
    cards = page.locator("[data-slot]")
    for card in range(2):
        cards.nth(card).locator(".vote-mark").first.click()
    expect(page.locator("[data-marking] [data-counter]")).to_have_text("应选 2 人，已选 2 人")
    cards.nth(2).get_by_label("另选他人").select_option(label="闻人澈")
    expect(page.locator("[data-marking] [data-counter]")).to_contain_text("多选的整张无效")
    cards.nth(1).get_by_label("另选他人").select_option(label="闻人澈")
    expect(page.locator("[data-marking] [data-counter]")).to_have_text("应选 2 人，已选 2 人")


def test_who_is_recused_from_one_name_is_told_so_and_marks_nothing_there(room: Room, district: District) -> None:
    entry = cadre_entry(district)
    last = questions_of(entry)[-1]
    ballot, _ = device_ballot(district, entry, recused={last.pk: [district.person("岑以宁")]})
    someone = room["岑以宁"].go(f"/ballots/{ballot.pk}/vote/")
    card = someone.page.locator("[data-slot]").nth(2)
    expect(card).to_contain_text("回避")
    expect(card.locator("input")).to_have_count(0)
    someone.page.get_by_role("button", name="核对").click()
    someone.page.get_by_role("button", name="投票", exact=True).click()
    someone.sees("已投票")


def test_a_slip_opens_the_shared_tablet_once(room: Room, district: District) -> None:
    ballot, _ = device_ballot(district, cadre_entry(district))
    page = room[CHIEF].go(f"/ballots/{ballot.pk}/slips/").page
    page.get_by_role("button", name="发给苏文珩").click()
    slip = page.locator(".shown-once").inner_text()
    booth = room["周予安"].go(f"/ballots/{ballot.pk}/booth/")
    for _ in range(2):
        booth.fill("凭条上的十二位数字", slip).press("开始填写")
        if booth.page.locator("[data-check]").count():
            booth.press("核对").press("投票").sees("已投票")
    booth.sees("已经用过")
    assert BallotEnvelope.objects.count() == 1


def test_paper_is_counted_by_two_apart_and_sealed(room: Room, district: District) -> None:
    ballot = paper_ballot(district, cadre_entry(district))
    path = f"/ballots/{ballot.pk}/"
    room["周予安"].go(path).press(f"登记{CHIEF}已收票截止").sees("已收票截止")
    for name in ("周予安", "邵闻笛"):
        teller = room[name].go(path).press("登记清点的票数")
        teller.fill("发出", str(len(MEMBERS))).fill("收回", str(len(MEMBERS)))
        for candidate in ("拟任甲", "拟任乙", "拟任丙"):
            teller.fill(f"{candidate}同意", "10").fill(f"{candidate}不同意", "1")
        teller.press("登记")
    room["周予安"].go(path).sees("已计票").press("封存选票")
    clerk = room["周予安"].fill("封条号", "封字第7号")
    clerk.choose("保管人", str(district.person("周予安"))).fill("保存至", "2031-11-26").press("登记封存").sees(
        "封字第7号"
    )
