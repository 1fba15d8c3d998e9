"""The hall in the browser without scripts and as htmx asks: who gets it, what it answers, what it refuses."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from agenda.meetings.models import AgendaEntry
from decisions.hall.models import EntryNote, Sitting
from decisions.hall.questions import recused_ids
from decisions.outcomes.models import DecidedMatter, Decision
from decisions.votes.models import Question, Round, Vote
from decisions.votes.services.agree_orally import agree_orally
from decisions.votes.services.drop_question import drop_question
from tests.decisions.console.hall_pages import HTMX, at, shown_in, signed_in, toast, words
from tests.decisions.hall_story import (
    MEMBERS,
    WHY,
    begun_entry,
    called_meeting,
    entry_of,
    first_question,
    recorded_round,
    sitting_with,
)
from tests.support.cast import District
from tests.support.stories import heard_item, ready_item


def test_opening_closing_and_voiding_show_no_form_where_it_is_too_late(office: Client, district: District) -> None:
    entry = begun_entry(district)
    agree_orally(actor=district.office, question=first_question(entry))
    opening = office.get(at("hall_open", entry.meeting_id))
    assert (opening.status_code, "现在是「进行中」，不能开会" in words(opening)) == (409, True)
    voiding = office.get(at("round_void", Round.objects.get().pk))
    assert (voiding.status_code, "这一轮已经计票，不能作废" in words(voiding)) == (409, True)
    assert 'name="reason"' not in voiding.content.decode()
    waiting = called_meeting(district, heard_item(district), at="2026-12-10 15:00")
    closing = office.get(at("hall_close", waiting.pk))
    assert (closing.status_code, "现在是「已通知」，不能散会" in words(closing)) == (409, True)


def test_a_counted_round_is_voided_from_the_console_where_the_recusal_was_wrong(
    office: Client, district: District
) -> None:
    entry = begun_entry(district)
    office.post(at("entry_recuse", entry.pk), {"person": district.person("岑以宁").pk, **WHY}, headers=HTMX)
    agree_orally(actor=district.office, question=first_question(entry))
    here = at("round_void", Round.objects.get().pk)
    assert here in office.get(at("console", entry.meeting_id)).content.decode()
    assert 'name="reason"' in office.get(here).content.decode()
    office.post(here, {"reason": "岑以宁不须回避，登记有误"}, headers=HTMX)
    assert Round.objects.get().state == "voided"
    office.post(at("recusal_lift", EntryNote.objects.get().pk), headers=HTMX)
    assert recused_ids(entry) == set()


@pytest.mark.parametrize("who", ["secretary", "mayor", "head", "liaison", "auditor"])
def test_to_others_the_hall_is_not_there(district: District, who: str) -> None:
    entry = begun_entry(district)
    round_ = recorded_round(district, entry)
    client = signed_in(getattr(district, who).person)
    meeting = entry.meeting_id
    for name, pk in (
        ("console", meeting),
        ("sign_in_sheet", meeting),
        ("hall_close", meeting),
        ("entry_decide", entry.pk),
    ):
        assert client.get(at(name, pk)).status_code == 404
    for name, pk in (("hall_arrive", meeting), ("entry_begin", entry.pk), ("round_vote", round_.pk)):
        assert (
            client.post(at(name, pk), {"person": district.person("陆景和").pk, "choice": "approve"}).status_code == 404
        )
    assert not Vote.objects.exists()


def test_another_committees_hall_is_not_there(district: District, neighbour: District) -> None:
    entry = begun_entry(district)
    theirs = neighbour.client("杜衡")
    assert theirs.get("/meetings/").status_code == 200
    for name, pk in (("console", entry.meeting_id), ("meeting_results", entry.meeting_id), ("entry_decide", entry.pk)):
        assert theirs.get(at(name, pk)).status_code == 404


def test_the_console_shows_the_entry_now_the_agenda_and_the_room(office: Client, district: District) -> None:
    sitting = sitting_with(district, ready_item(district), heard_item(district), present=MEMBERS[:9])
    page = words(office.get(at("console", sitting.meeting_id)))
    assert "一、关于新建城东学校的请示" in page
    assert "9 /11" in page
    assert "须 6，够" in page
    answer = office.post(at("entry_begin", entry_of(sitting).pk), headers=HTMX)
    assert "同意新建城东学校，总投资1.8亿元" in words(answer)
    assert answer["HX-Retarget"] == "#console"
    assert "<html" not in answer.content.decode()
    assert toast(answer)["undo"] == at("entry_pause", entry_of(sitting).pk)


def test_quorum_is_live_with_each_arrival_and_departure(office: Client, district: District) -> None:
    sitting = sitting_with(district, ready_item(district), present=MEMBERS[:6])
    leaving = {"person": district.person(MEMBERS[5]).pk}
    answer = office.post(at("hall_depart", sitting.meeting_id), leaving, headers=HTMX)
    assert "5 /11" in words(answer)
    assert "须 6，差 1" in words(answer)
    begun = office.post(at("entry_begin", entry_of(sitting).pk), headers=HTMX)
    assert begun.status_code == 409
    assert "差 1 人，不能审议。" in words(begun)
    assert EntryNote.objects.get().text.endswith("不能审议。")
    assert "须 6，够" in words(office.post(toast(answer)["undo"], headers=HTMX))


def test_without_scripts_every_act_leads_back_with_its_undo(office: Client, district: District) -> None:
    sitting = sitting_with(district, ready_item(district))
    entry = entry_of(sitting)
    answer = office.post(at("entry_begin", entry.pk), follow=True)
    assert answer.redirect_chain[-1][0] == f"{at('console', sitting.meeting_id)}?entry={entry.pk}"
    assert f'action="{at("entry_pause", entry.pk)}"' in answer.content.decode()
    refused = office.post(at("entry_begin", entry.pk), follow=True)
    assert "现在是「审议中」" in words(refused)


def test_the_clerk_says_why_a_member_is_recused_and_takes_it_back_by_one_tap(
    office: Client, district: District
) -> None:
    entry, person = begun_entry(district), district.person("岑以宁")
    here = at("entry_recuse", entry.pk)
    asked = f"{here}?person={person.pk}"
    assert f'href="{asked}"' in office.get(at("console", entry.meeting_id)).content.decode()
    panel = office.get(asked, headers=HTMX).content.decode()
    assert f'<option value="{person.pk}" selected>岑以宁' in panel
    assert "本人提出" in panel and "秘书科核对提出" in panel
    for left_out, said in (("basis", "由谁提出"), ("reason", "与本项的关系"), ("person", "谁回避")):
        given = {"person": person.pk, **WHY} | {left_out: ""}
        answer = office.post(here, given, headers=HTMX)
        assert (answer.status_code, said in words(answer)) == (422, True)
    assert recused_ids(entry) == set()
    answer = office.post(here, {"person": person.pk, **WHY}, headers=HTMX)
    assert "可表决 10，须 6，够" in words(answer)
    assert "本人提出，其配偶在承建企业任职" in words(answer)
    assert recused_ids(entry) == {person.pk}
    lift = toast(answer)["undo"]
    assert f'action="{lift}"' in answer.content.decode()
    office.post(lift, headers=HTMX)
    assert recused_ids(entry) == set()
    office.post(here, {"person": person.pk, **WHY}, headers=HTMX)
    agree_orally(actor=district.office, question=first_question(entry))
    lift = at("recusal_lift", EntryNote.objects.get(kind="recusal", corrected_by__isnull=True).pk)
    assert lift in office.get(at("console", entry.meeting_id)).content.decode()
    assert "本项已经表决，岑以宁的回避已写入表决结果" in words(office.post(lift, headers=HTMX))
    assert recused_ids(entry) == {person.pk}


def test_the_record_knows_members_by_name_and_is_corrected(office: Client, district: District) -> None:
    entry = begun_entry(district)
    office.post(at("entry_note", entry.pk), {"kind": "point", "speaker": "岑以宁", "text": "同意"}, headers=HTMX)
    office.post(
        at("entry_note", entry.pk), {"kind": "report", "speaker": "教体局 林知微", "text": "汇报"}, headers=HTMX
    )
    first, second = EntryNote.objects.all()
    assert first.person == district.person("岑以宁")
    assert second.person is None
    empty = office.post(at("entry_note", entry.pk), {"kind": "point", "text": ""}, headers=HTMX)
    assert empty.status_code == 409
    office.post(at("note_correct", first.pk), {"text": "原则同意"}, headers=HTMX)
    assert EntryNote.objects.last().corrects == first


def test_votes_are_entered_corrected_and_announced(office: Client, district: District) -> None:
    entry = begun_entry(district)
    office.post(at("round_open", first_question(entry).pk), {"way": "recorded"}, headers=HTMX)
    round_ = Round.objects.get()
    whom = district.person(MEMBERS[0]).pk
    one = {"vote": f"{whom}:oppose:"}
    answer = office.post(at("round_vote", round_.pk), one, headers=HTMX)
    assert 'id="ballot"' in answer.content.decode()
    assert f'aria-label="{MEMBERS[1]}未表决">未表决</button>' in answer.content.decode()
    assert 'id="hall-room"' not in answer.content.decode()
    again = office.post(at("round_vote", round_.pk), one, headers=HTMX)
    assert again.status_code == 409
    assert "沈砚清已经表决（反对）" in words(again)
    office.post(at("round_vote", round_.pk), {"vote": f"{whom}:approve:oppose"}, headers=HTMX)
    early = office.post(at("round_announce", round_.pk), headers=HTMX)
    assert "还没有登记，不能宣布结果" in words(early)
    office.post(at("round_rest", round_.pk), {"choice": "approve"}, headers=HTMX)
    announced = office.post(at("round_announce", round_.pk), headers=HTMX)
    assert toast(announced)["words"] == "应到 11，赞成 11，超过半数（6），通过。"
    assert Vote.objects.count() == 12


def test_who_left_during_a_vote_by_name_can_only_be_entered_as_not_voted(office: Client, district: District) -> None:
    entry = begun_entry(district)
    round_, gone = recorded_round(district, entry), district.person(MEMBERS[1])
    page = office.post(at("hall_depart", entry.meeting_id), {"person": gone.pk}, headers=HTMX)
    assert "其余 10 人都赞成" in words(page)
    assert f"{gone.name} 已离席" in words(page)
    one = {"vote": f"{gone.pk}:approve:"}
    assert "已离席，只能登记为未表决" in words(office.post(at("round_vote", round_.pk), one, headers=HTMX))
    rest = office.post(at("round_rest", round_.pk), {"choice": "approve"}, headers=HTMX)
    assert "还有 1 人没有登记。已离席的请登记为未表决。" in words(rest)
    office.post(at("round_vote", round_.pk), {"vote": f"{gone.pk}:not_voted:"}, headers=HTMX)
    announced = office.post(at("round_announce", round_.pk), headers=HTMX)
    assert toast(announced)["words"] == "应到 11，赞成 10，超过半数（6），通过。"


def test_hands_are_counted_and_a_vote_is_voided_with_a_reason(office: Client, district: District) -> None:
    entry = begun_entry(district)
    opened = office.post(at("round_open", first_question(entry).pk), {"way": "show_of_hands"}, headers=HTMX)
    round_ = Round.objects.get()
    assert toast(opened)["undo"] == at("round_undo", round_.pk)
    many = office.post(at("round_hands", round_.pk), {"approve": "12", "oppose": "", "abstain": ""}, headers=HTMX)
    assert "多于到会有表决权的 11 人" in words(many)
    office.post(at("round_hands", round_.pk), {"approve": "7", "oppose": "2", "abstain": "1"}, headers=HTMX)
    assert office.post(at("round_void", round_.pk), {"reason": ""}, headers=HTMX).status_code == 422
    office.post(at("round_void", round_.pk), {"reason": "清点有误"}, headers=HTMX)
    assert Round.objects.get().state == "voided"


def test_what_was_decided_is_typed_once_and_nothing_typed_is_lost(office: Client, district: District) -> None:
    entry = begun_entry(district)
    for question in Question.objects.all():
        office.post(at("question_agree", question.pk), headers=HTMX)
    page = office.get(at("entry_decide", entry.pk), headers=HTMX)
    assert f'value="{district.unit("教体局").pk}" selected' in page.content.decode()
    school, dates = (f"q{question.pk}" for question in Question.objects.all())
    given = shown_in(page) | {
        f"{school}-outcome": "passed", f"{school}-text": "同意新建城东学校", f"{school}-due_on": "2028-08-31",
        f"{dates}-outcome": "passed", f"{dates}-text": "教体局牵头，按期竣工",
        f"{dates}-lead_unit": district.unit("教体局").pk, "summary": "会议听取了汇报。",
    }  # fmt: skip
    refused = office.post(at("entry_decide", entry.pk), given, headers=HTMX)
    assert refused.status_code == 422
    assert "请选定责任单位" in words(refused)
    assert "教体局牵头，按期竣工" in words(refused)
    office.post(at("entry_decide", entry.pk), given | {f"{school}-lead_unit": district.unit("住建局").pk}, headers=HTMX)
    assert AgendaEntry.objects.get().state == "decided"
    assert DecidedMatter.objects.get(position=1).lead_unit == district.unit("住建局")
    seen = shown_in(office.get(at("entry_correct", entry.pk), headers=HTMX))
    corrected = given | seen | {f"{school}-lead_unit": district.unit("教体局").pk, "reason": "责任单位记错"}
    office.post(at("entry_correct", entry.pk), corrected, headers=HTMX)
    assert DecidedMatter.objects.current().get(position=1).lead_unit == district.unit("教体局")
    older = office.post(
        at("entry_correct", entry.pk), corrected | {f"{school}-text": "不同意", "reason": "又改"}, headers=HTMX
    )
    assert older.status_code == 422
    assert "议定结果刚刚由他人更正，这次没有写入" in words(older)
    assert "责任单位 教体局" in words(older)
    assert Decision.objects.count() == 2
    assert shown_in(older)["seen"] == str(Decision.objects.latest("pk").pk)


def test_what_was_typed_for_a_question_never_stands_under_another(office: Client, district: District) -> None:
    entry = begun_entry(district)
    school, dates = Question.objects.all()
    agree_orally(actor=district.office, question=dates)
    unit = district.unit("教体局").pk
    given = shown_in(office.get(at("entry_decide", entry.pk), headers=HTMX))
    for question, text in ((school, "学校的议定内容"), (dates, "期限的议定内容")):
        name = f"q{question.pk}"
        given |= {f"{name}-outcome": "passed", f"{name}-text": text, f"{name}-lead_unit": unit}
    drop_question(actor=district.office, question=school)
    refused = office.post(at("entry_decide", entry.pk), given, headers=HTMX)
    assert refused.status_code == 422
    assert "议决事项刚刚由他人改动，这次没有写入" in words(refused)
    assert "期限的议定内容" in words(refused)
    assert "学校的议定内容" not in words(refused)
    assert not Decision.objects.exists()
    office.post(at("entry_decide", entry.pk), given | shown_in(refused), headers=HTMX)
    assert [matter.text for matter in DecidedMatter.objects.all()] == ["期限的议定内容"]


def test_deferring_asks_who_does_what_and_closing_says_what_is_open(office: Client, district: District) -> None:
    entry = begun_entry(district)
    assert "还没有结果，不能散会" in words(office.get(at("hall_close", entry.meeting_id)))
    assert office.post(at("entry_defer", entry.pk), {"reason": "资金未落实"}, headers=HTMX).status_code == 422
    office.post(at("entry_defer", entry.pk), {"reason": "资金未落实", "todo": "财政局补充"}, headers=HTMX)
    assert AgendaEntry.objects.get().state == "deferred"
    assert re.search(r"此刻 上午\d{1,2}:\d{2}", words(office.get(at("hall_close", entry.meeting_id))))
    answer = office.post(at("hall_close", entry.meeting_id), follow=True)
    assert answer.redirect_chain[-1][0] == at("meeting_results", entry.meeting_id)
    assert "资金未落实。财政局补充。" in words(answer)


def crowd(sitting: Sitting, number: int) -> None:
    """Many entries like the first, each with a question; inserted at once."""
    first = entry_of(sitting)
    for place in range(2, number + 1):
        entry = AgendaEntry.objects.create(
            committee_id=first.committee_id, meeting=sitting.meeting, position=place, title=f"第{place}项",
            handling=first.handling, minutes=5,
        )  # fmt: skip
        Question.objects.create(committee_id=first.committee_id, entry=entry, position=1, text="同意")
        EntryNote.objects.create(
            committee_id=first.committee_id, entry=entry, kind="recusal", basis="found", text="亲属",
            person=sitting.chair, at=sitting.opened_at + timedelta(minutes=1), entered_by=sitting.chair,
        )  # fmt: skip


@pytest.mark.parametrize("number", [5, 50])
def test_the_console_needs_the_same_queries_however_long_the_agenda(
    office: Client, district: District, django_assert_num_queries, number: int
) -> None:
    entry = begun_entry(district)
    sitting = entry.meeting.sitting
    crowd(sitting, number)
    recorded_round(district, entry)
    office.get(at("console", sitting.meeting_id))
    with django_assert_num_queries(23):
        page = office.get(at("console", sitting.meeting_id), headers=HTMX)
    assert page.content.decode().count('class="hall-entry"') == number
