"""A clerk who is recused from an entry keeps it no more: another one does, and he sees its number and 回避 alone.

邵闻笛 is 区委办主任, keeps the hall and sits in the 常委会; 周予安 of 秘书科 keeps it besides.
"""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from agenda.items.policies import visible_to
from agenda.meetings.models import AgendaEntry
from common import clock as domain_clock
from common.audit.models import AuditEntry
from common.identity.actor import Actor
from common.identity.models import ActingFor
from common.services import NotAllowed
from decisions.hall.models import EntryNote
from decisions.hall.services.correct_note import correct_note
from decisions.hall.services.note_entry import note_entry
from decisions.hall.services.recuse_member import recuse_member
from decisions.outcomes.policies import visible_to as visible_decisions
from decisions.outcomes.services.decide_entry import decide_entry
from decisions.outcomes.services.defer_entry import defer_entry
from decisions.votes.models import Round, Vote
from decisions.votes.services.add_question import add_question
from decisions.votes.services.agree_orally import agree_orally
from decisions.votes.services.cast_rest import cast_rest
from decisions.votes.services.cast_vote import cast_vote
from decisions.votes.services.close_round import close_round
from decisions.votes.services.correct_vote import correct_vote
from decisions.votes.services.lift_recusal import lift_recusal
from decisions.votes.services.open_round import open_round
from decisions.votes.services.pause_entry import pause_entry
from decisions.votes.services.void_round import void_round
from tests.decisions.hall_story import WHY, begun_entry, first_question, recorded_round, recuse, vote
from tests.decisions.minutes_story import closed, decide, entries, held_meeting
from tests.support.cast import District
from tests.support.stories import ready_item

SECRETS = ("城东学校", "总投资1.8亿元", "要压实工期责任", "教体局", "赞成 1")


def recused(district: District) -> tuple[AgendaEntry, EntryNote, Round]:
    """城东学校 with a line of the record and a vote under way, and 邵闻笛 recused from it."""
    entry = begun_entry(district)
    note_entry(actor=district.office, entry=entry, kind="point", text="要压实工期责任", speaker="陆景和")
    line = recuse(district, entry, "邵闻笛")
    round_ = recorded_round(district, entry)
    vote(district, round_, "approve", "陆景和")
    return entry, line, round_


def console_of(client: Client, entry: AgendaEntry) -> str:
    page = client.get(reverse("decisions:console", args=[entry.meeting_id]) + f"?entry={entry.pk}")
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page.content.decode()))


def test_he_reads_its_number_and_who_keeps_it_instead(district: District) -> None:
    entry, _, _ = recused(district)
    page = console_of(district.client("邵闻笛"), entry)
    assert "一、回避" in page
    assert "您在本项回避" in page and "请换秘书科其他人员登录，在会场登记本项。" in page
    assert not [secret for secret in SECRETS if secret in page]
    other = console_of(district.client("周予安"), entry)
    assert all(secret in other for secret in SECRETS[:2])
    assert "您在本项回避" not in other


def test_when_it_is_lifted_he_reads_and_keeps_it_again(district: District) -> None:
    entry, line, round_ = recused(district)
    void_round(actor=district.office, round_=round_, reason="回避登记有误")
    lift_recusal(actor=district.office, note=line)
    assert "城东学校" in console_of(district.client("邵闻笛"), entry)
    note_entry(actor=district.actor("邵闻笛"), entry=entry, kind="note", text="继续审议")


ACTS: dict[str, Callable[[Actor, AgendaEntry, EntryNote, Round, District], object]] = {
    "note": lambda actor, entry, line, round_, d: note_entry(actor=actor, entry=entry, kind="note", text="记一行"),
    "recuse": lambda actor, entry, line, round_, d: recuse_member(
        actor=actor, entry=entry, person=d.person("韩立岑"), **WHY
    ),
    "correct": lambda actor, entry, line, round_, d: correct_note(
        actor=actor, note=EntryNote.objects.get(kind="point"), text="改了"
    ),
    "lift": lambda actor, entry, line, round_, d: lift_recusal(actor=actor, note=line),
    "ask": lambda actor, entry, line, round_, d: add_question(actor=actor, entry=entry, text="另加一项"),
    "agree": lambda actor, entry, line, round_, d: agree_orally(actor=actor, question=round_.question),
    "open": lambda actor, entry, line, round_, d: open_round(actor=actor, question=round_.question, form="recorded"),
    "vote": lambda actor, entry, line, round_, d: cast_vote(
        actor=actor, round_=round_, person=d.person("韩立岑"), choice="oppose"
    ),
    "change a vote": lambda actor, entry, line, round_, d: correct_vote(
        actor=actor, round_=round_, person=d.person("陆景和"), choice="oppose"
    ),
    "rest": lambda actor, entry, line, round_, d: cast_rest(actor=actor, round_=round_, choice="approve"),
    "announce": lambda actor, entry, line, round_, d: close_round(actor=actor, round_=round_),
    "void": lambda actor, entry, line, round_, d: void_round(actor=actor, round_=round_, reason="重来"),
    "pause": lambda actor, entry, line, round_, d: pause_entry(actor=actor, entry=entry),
    "defer": lambda actor, entry, line, round_, d: defer_entry(actor=actor, entry=entry, reason="再议", todo="再报"),
    "decide": lambda actor, entry, line, round_, d: decide_entry(actor=actor, entry=entry, matters=[]),
}


def test_he_enters_nothing_of_it_and_the_other_clerk_does(district: District) -> None:
    entry, line, round_ = recused(district)
    before = (EntryNote.objects.count(), Vote.objects.count(), Round.objects.count(), AuditEntry.objects.count())
    for act in ACTS.values():
        with pytest.raises(NotAllowed, match=r"您在本项回避。.*请换秘书科其他人员登录"):
            act(district.actor("邵闻笛"), entry, line, round_, district)
    after = (EntryNote.objects.count(), Vote.objects.count(), Round.objects.count(), AuditEntry.objects.count())
    assert (after, entry.__class__.objects.get(pk=entry.pk).state) == (before, "discussing")
    cast_rest(actor=district.office, round_=round_, choice="approve")
    close_round(actor=district.office, round_=round_)


def test_none_of_its_addresses_is_there_for_him(district: District) -> None:
    entry, _, round_ = recused(district)
    client, question = district.client("邵闻笛"), first_question(entry)
    point = EntryNote.objects.get(kind="point")
    addresses = [
        *(reverse(f"decisions:entry_{name}", args=[entry.pk]) for name in ("defer", "decide", "correct")),
        reverse("decisions:note_correct", args=[point.pk]),
        reverse("decisions:round_open", args=[question.pk]),
        reverse("decisions:round_void", args=[round_.pk]),
    ]
    assert {client.get(address).status_code for address in addresses} == {404}
    writing = {"person": district.person("韩立岑").pk, "choice": "approve"}
    for name in ("votes", "rest", "announce"):
        address = f"/rounds/{round_.pk}/{name}/"
        assert client.post(address, writing, headers={"HX-Request": "true"}).status_code == 404
    assert Vote.objects.count() == 1


def delegate(district: District, of: str) -> Actor:
    """邵闻笛's own login, acting by delegation for another person."""
    account = ActingFor.everywhere.get(person=district.person("邵闻笛")).account
    today = domain_clock.today()
    ActingFor.everywhere.create(
        committee=district.committee, account=account, person=district.person(of), kind=ActingFor.Kind.STAFF,
        basis="代办", valid_from=today, recorded_at=domain_clock.now(),
    )  # fmt: skip
    return Actor(
        committee=district.committee, person=district.person(of), account=account, by_staff=True, source="测试"
    )


def test_his_login_acting_for_another_clerk_neither_reads_nor_votes(district: District) -> None:
    entry, _, round_ = recused(district)
    item = entry.entry_items.get().item
    assert visible_to(district.office).filter(pk=item.pk).exists()
    actor = delegate(district, "周予安")
    assert not visible_to(actor).filter(pk=item.pk).exists()
    with pytest.raises(NotAllowed, match="您在本项回避"):
        cast_vote(actor=actor, round_=round_, person=district.person("韩立岑"), choice="oppose")
    assert Vote.objects.count() == 1


def test_who_recuses_himself_is_offered_no_way_to_take_it_back(district: District) -> None:
    entry = begun_entry(district)
    client, url = district.client("邵闻笛"), reverse("decisions:entry_recuse", args=[entry.pk])
    answer = client.post(url, {"person": district.director.person.pk, **WHY}, headers={"HX-Request": "true"})
    assert "undo" not in answer.headers["HX-Trigger"]
    assert "城东学校" not in answer.content.decode()
    lift = reverse("decisions:recusal_lift", args=[EntryNote.objects.get().pk])
    assert client.post(lift).status_code == 404
    assert district.client("周予安").post(lift).status_code == 302


def test_how_it_ended_he_reads_when_the_meeting_is_over(district: District) -> None:
    """韩立岑 is recused from 城东学校, which is decided while the meeting goes on."""
    meeting = held_meeting(district, ready_item(district))
    [entry] = entries(meeting)
    recuse(district, entry, "韩立岑")
    decide(district, entry)
    assert visible_decisions(district.actor("陆景和")).exists()
    assert not visible_decisions(district.actor("韩立岑")).exists()
    results = reverse("decisions:meeting_results", args=[meeting.pk])
    assert "同意新建城东学校" not in district.client("韩立岑").get(results).content.decode()
    assert "同意新建城东学校" in district.client("陆景和").get(results).content.decode()
    closed(district, meeting)
    assert visible_decisions(district.actor("韩立岑")).exists()
