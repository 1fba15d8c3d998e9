"""A member's own page in the room and the room's screen: what each shows, to whom, and what it never does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agenda.items.models import Attachment
from decisions.hall.models import EntryNote
from decisions.hall.services.state_view import state_view
from decisions.votes.models import Vote
from decisions.votes.services.cast_rest import cast_rest
from decisions.votes.services.close_round import close_round
from tests.decisions.console.hall_pages import HTMX, at, words
from tests.decisions.hall_story import (
    MEMBERS,
    begun_entry,
    called_meeting,
    made_cadre,
    recorded_round,
    recuse,
    sitting_with,
    vote,
)
from tests.support.cast import District
from tests.support.stories import ready_item

LIVE = "data-live-seen"


def test_a_member_reads_what_is_dealt_with_its_papers_and_his_own_state(district: District) -> None:
    entry = begun_entry(district, present=MEMBERS[:10])
    page = district.client("陆景和").get(at("floor", entry.meeting_id))
    said, source = words(page), page.content.decode()
    for part in (
        "正在审议第 1 项",
        "关于新建城东学校的请示",
        f"汇报 {entry.presenter}",
        "已用 0 / ",
        "到会",
        "逐一表态",
    ):
        assert part in said, part
    paper = Attachment.objects.filter(item__entry_items__entry=entry).first()
    assert paper is not None and f"/meetings/{entry.meeting_id}/papers/{paper.pk}/" in source
    assert LIVE in source
    late = words(district.client("雷定远").get(at("floor", entry.meeting_id)))
    assert "未签到" in late and "不同意" not in late


def test_a_member_states_himself_by_his_own_tap_and_nobody_else(district: District) -> None:
    entry = begun_entry(district)
    member, here = district.client("陆景和"), at("own_stance", entry.pk)
    answer = member.post(here, {"stance": "disagree", "text": "工期太紧"}, headers=HTMX)
    assert "您已表态： 不同意" in words(answer)
    assert "<html" not in answer.content.decode()
    note = EntryNote.objects.get()
    assert (note.person, note.entered_by, note.text) == (note.entered_by, district.mayor.person, "工期太紧")
    member.post(here, {"stance": "agree", "person": district.person("韩立岑").pk})
    assert set(EntryNote.objects.values_list("person__name", flat=True)) == {"陆景和"}
    chair = district.client("沈砚清")
    assert "主持人末位表态，还有 9 人没有表态" in words(chair.get(at("floor", entry.meeting_id)))
    assert chair.post(here, {"stance": "agree"}, headers=HTMX).status_code == 409
    attendant = district.client("林知微").post(here, {"stance": "agree"}, headers=HTMX)
    assert "不参加逐一表态" in words(attendant)
    assert EntryNote.objects.filter(corrected_by__isnull=True).count() == 1


def test_a_recused_member_finds_papers_floor_and_vote_closed(district: District) -> None:
    entry = begun_entry(district)
    recuse(district, entry, "马春屿")
    round_ = recorded_round(district, entry)
    client = district.client("马春屿")
    page = client.get(at("floor", entry.meeting_id))
    assert "您在本项回避，材料、发言和表决不向您开放" in words(page)
    assert "/papers/" not in page.content.decode() and "own-vote" not in page.content.decode()
    answer = client.post(at("own_vote", round_.pk), {"choice": "approve"}, headers=HTMX)
    assert (answer.status_code, "马春屿在本项回避" in words(answer)) == (409, True)
    assert not Vote.objects.exists()


def test_he_votes_changes_it_and_reads_the_verdict(district: District) -> None:
    entry = begun_entry(district)
    round_ = recorded_round(district, entry)
    member, here = district.client("陆景和"), at("own_vote", round_.pk)
    assert "记名表决" in words(member.get(at("floor", entry.meeting_id)))
    voted = member.post(here, {"choice": "oppose", "reason": "工期太紧"}, headers=HTMX)
    assert "您已表决： 反对 。宣布结果以前可以更改" in words(voted)
    member.post(here, {"choice": "approve", "now": "oppose", "reason": ""})
    vote(district, round_, "approve", "韩立岑")
    clerks = district.client("韩立岑").get(at("floor", entry.meeting_id))
    assert "秘书科已为您登记： 赞成 。登记有误的，请当场告知秘书科" in words(clerks)
    assert "own-vote" not in clerks.content.decode()
    cast_rest(actor=district.office, round_=round_, choice="approve")
    result = close_round(actor=district.office, round_=round_)
    assert result.sentence in words(member.get(at("floor", entry.meeting_id)))


def test_who_is_called_for_another_entry_reads_nothing_of_this_one(district: District) -> None:
    entry = begun_entry(district)
    reporting = words(district.client("林知微").get(at("floor", entry.meeting_id)))
    assert "关于新建城东学校的请示" in reporting and "赞成" not in reporting
    assert district.client("温如故").get(at("floor", entry.meeting_id)).status_code == 404


def test_before_the_opening_the_page_waits(district: District) -> None:
    meeting = called_meeting(district)
    page = district.client("陆景和").get(at("floor", meeting.pk))
    assert "会议还没有开始" in words(page) and LIVE in page.content.decode()


def test_the_screen_shows_the_room_and_no_vote_of_anybody(district: District) -> None:
    entry = begun_entry(district, present=MEMBERS[:9])
    round_ = recorded_round(district, entry)
    vote(district, round_, "oppose", "陆景和")
    vote(district, round_, "not_voted", "韩立岑")
    office = district.client("周予安")
    said = words(office.get(at("screen", entry.meeting_id)))
    assert "已表决 1 / 9" in said and "到会 9 / 11" in said and "须 6，够" in said
    for hidden in ("反对", "赞成", "陆景和", "韩立岑"):
        assert hidden not in said, hidden
    cast_rest(actor=district.office, round_=round_, choice="approve")
    result = close_round(actor=district.office, round_=round_)
    assert result.sentence in words(office.get(at("screen", entry.meeting_id)))


def test_the_screen_of_a_recused_clerk_tells_what_he_may_read(district: District) -> None:
    entry = begun_entry(district)
    recuse(district, entry, "邵闻笛")
    round_ = recorded_round(district, entry)
    cast_rest(actor=district.office, round_=round_, choice="approve")
    result = close_round(actor=district.office, round_=round_)
    for name, told in (("周予安", True), ("邵闻笛", False)):
        said = words(district.client(name).get(at("screen", entry.meeting_id)))
        assert "关于新建城东学校的请示" in said and (result.sentence in said) is told


def test_of_a_cadre_matter_the_room_reads_that_it_is_one(district: District) -> None:
    item = ready_item(district)
    entry = begun_entry(district)
    made_cadre(district, item)
    for page in (
        district.client("周予安").get(at("screen", entry.meeting_id)),
        district.client("陆景和").get(at("floor", entry.meeting_id)),
    ):
        assert "干部任免事项" in words(page)
        assert "城东" not in words(page) and entry.presenter not in words(page)


@pytest.mark.parametrize("who", ["陆景和", "林知微", "温如故"])
def test_the_screen_is_for_who_keeps_the_hall(district: District, who: str) -> None:
    entry = begun_entry(district)
    assert district.client(who).get(at("screen", entry.meeting_id)).status_code == 404


@pytest.mark.parametrize(("page", "who"), [("floor", "陆景和"), ("screen", "周予安")])
def test_a_page_asks_the_same_however_much_was_said_and_voted(district: District, page: str, who: str) -> None:
    entry = begun_entry(district)
    client, path = district.client(who), at(page, entry.meeting_id)
    client.get(path)
    with CaptureQueriesContext(connection) as before:
        client.get(path)
    for name in MEMBERS[1:]:
        state_view(actor=district.office, entry=entry, person=district.person(name), stance="agree")
    with CaptureQueriesContext(connection) as after:
        client.get(path)
    assert len(after) == len(before), len(after)
    assert len(before) <= 25, len(before)


def test_the_meeting_s_page_leads_there(district: District) -> None:
    sitting = sitting_with(district, ready_item(district))
    page = f"/meetings/{sitting.meeting_id}/"
    assert f'href="{at("floor", sitting.meeting_id)}"' in district.client("陆景和").get(page).content.decode()
    assert f'href="{at("screen", sitting.meeting_id)}"' in district.client("周予安").get(page).content.decode()
