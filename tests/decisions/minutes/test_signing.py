"""Signing: number, text, paper and notices in one transaction; afterwards nothing moves but by a correction."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from agenda.meetings.models import Meeting
from common import clock
from common.documents.models import RenderedDocument
from common.identity.models import Account
from common.numbers.models import IssuedNumber, NumberSeries
from common.outbox.models import Event
from common.records.canonical import read_canonical
from common.records.chain import first_break
from common.records.models import ChainHead, ChainRecord
from common.services import Conflict, NotAllowed, Refused
from decisions.minutes.frozen import build_minutes, frozen_text
from decisions.minutes.models import DecisionNotice, Minutes, MinutesDraft
from decisions.minutes.notices import notice_paper
from decisions.minutes.policies import signs
from decisions.minutes.services import sign_minutes as module
from decisions.minutes.services.correct_minutes import correct_minutes
from decisions.minutes.services.reopen_minutes import reopen_minutes
from decisions.minutes.services.review_minutes import review_minutes
from decisions.minutes.services.sign_minutes import sign_minutes
from decisions.minutes.services.submit_minutes import submit_minutes
from decisions.minutes.text import MinutesText
from decisions.minutes.workflow import MinutesState
from tests.decisions.minutes_story import reviewed, revision_of, signed, typed
from tests.support.cast import District
from tests.support.time import Clock


def again(minutes: Minutes) -> Minutes:
    return Minutes.objects.select_related("number", "record", "document").get(pk=minutes.pk)


def test_the_chair_signs_and_number_text_paper_and_notices_are_there(district: District, meeting: Meeting) -> None:
    minutes = again(signed(district, meeting))
    text = frozen_text(minutes)
    assert (minutes.state, str(minutes.number)) == (MinutesState.SIGNED, "〔2026〕21号")
    assert (text.number, text.signed_by, str(text.issued_on)) == ("〔2026〕21号", "沈砚清", "2026-11-27")
    draft = MinutesText.from_json(MinutesDraft.objects.get(minutes=minutes).content)
    assert text.unsigned() == draft
    assert bytes(minutes.document.source) == bytes(minutes.record.payload)
    assert minutes.document.state == RenderedDocument.State.QUEUED
    assert read_canonical(minutes.record.payload)["sealed"]["name"] == "沈砚清"
    head = ChainHead.objects.get()
    assert first_break(ChainRecord.objects.order_by("seq"), head.seq, head.digest) is None


def test_a_delegate_reviews_signs_and_returns_no_minutes(district: District, meeting: Meeting) -> None:
    account = Account.objects.create_user("mishu", "x" * 12, label="秘书小李", home=district.committee)
    director, chair = (replace(a, account=account, by_staff=True) for a in (district.director, district.secretary))
    minutes = reviewed(district, meeting)
    revision, before = revision_of(minutes), ChainHead.objects.get().seq
    with pytest.raises(NotAllowed, match="签发纪要须由本人办理"):
        sign_minutes(actor=chair, minutes=minutes, revision=revision)
    with pytest.raises(NotAllowed, match="退回纪要须由本人办理"):
        reopen_minutes(actor=chair, minutes=minutes, reason="改")
    found = Minutes.objects.with_names(clock.today()).get(pk=minutes.pk)
    assert (signs(chair, found), signs(district.secretary, found)) == (False, True)
    reopen_minutes(actor=district.secretary, minutes=minutes, reason="改")
    submit_minutes(actor=district.office, minutes=minutes)
    with pytest.raises(NotAllowed, match="审核纪要须由本人办理"):
        review_minutes(actor=director, minutes=minutes, revision=revision)
    assert (again(minutes).state, ChainHead.objects.get().seq) == (MinutesState.SUBMITTED, before)


def test_every_unit_gets_one_notice_of_a_decision_with_all_its_matters(district: District, meeting: Meeting) -> None:
    minutes = signed(district, meeting)
    notices = list(DecisionNotice.objects.filter(minutes=minutes).for_list())
    assert [(str(n.number), n.unit.short_name) for n in notices] == [
        ("〔2026〕1号", "教体局"),
        ("〔2026〕2号", "财政局"),
    ]
    paper = notice_paper(notices[1])
    assert (paper.mark, paper.addressed_to) == ("云川区委常委会议定事项通知单", "区财政局")
    assert paper.requests == ("请你单位配合牵头单位按议定意见抓好落实。",)
    assert [(m.number, m.duty, m.lead_unit, m.leader) for m in paper.matters] == [
        ("一（1）", "配合", "教体局", "闻人澈"),
        ("一（2）", "配合", "教体局", "闻人澈"),
    ]
    assert bytes(notices[1].document.source) == bytes(notices[1].record.payload)
    event = Event.objects.get(kind="minutes.signed")
    assert event.payload == {"number": "〔2026〕21号", "notices": [n.pk for n in notices], "superseded": None}


def test_nobody_else_signs_and_nothing_unreviewed(district: District, meeting: Meeting) -> None:
    minutes = reviewed(district, meeting)
    for actor in (district.director, district.office, district.mayor):
        with pytest.raises(NotAllowed, match="由主持会议的沈砚清签发"):
            sign_minutes(actor=actor, minutes=minutes)
    with pytest.raises(Conflict):
        sign_minutes(actor=district.secretary, minutes=minutes, revision=revision_of(minutes) + 1)
    reopen_minutes(actor=district.secretary, minutes=minutes, reason="补充")
    with pytest.raises(Refused, match="不能签发。只有「已审核」的才能签发"):
        sign_minutes(actor=district.secretary, minutes=minutes)
    assert not IssuedNumber.objects.filter(kind="minutes:standing").exists()


def test_what_was_written_on_after_the_review_cannot_be_signed_by_any_way(district: District, meeting: Meeting) -> None:
    """The service refuses, and so does the database, should a revision ever slip in between."""
    minutes = reviewed(district, meeting)
    Minutes.objects.filter(pk=minutes.pk).update(checked_revision=7)
    with pytest.raises(Refused, match="审核之后又有改动"):
        sign_minutes(actor=district.secretary, minutes=minutes)
    with pytest.raises(DatabaseError, match="审核之后又有改动"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE decisions_minutes SET state = 'signed'")
    assert again(minutes).state == MinutesState.CHECKED


def test_a_signing_that_fails_at_its_end_leaves_no_gap(
    district: District, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    minutes = reviewed(district, meeting)
    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(module, "_issue", lambda *_: (_ for _ in ()).throw(RuntimeError("power cut")))
        sign_minutes(actor=district.secretary, minutes=minutes)
    assert again(minutes).number is None
    assert NumberSeries.objects.get(kind="minutes:standing").last == 20
    assert not ChainRecord.objects.filter(schema="minutes/1").exists()
    sign_minutes(actor=district.secretary, minutes=minutes)
    assert str(again(minutes).number) == "〔2026〕21号"


def test_the_signed_one_refuses_every_update(district: District, meeting: Meeting) -> None:
    minutes = signed(district, meeting)
    for change in ("number_id = NULL", "checked_revision = 3", "signed_by_id = checked_by_id", "document_id = NULL"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE decisions_minutes SET {change}")
    for table in ("decisions_decisionnotice", "common_chainrecord"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET committee_id = committee_id")
    with pytest.raises(Refused, match="请起草更正的纪要"):
        typed(district, minutes, closing="改一改")


# Corrections.


def corrected(district: District, minutes: Minutes, **fields: str) -> Minutes:
    """A correction that was written, reviewed and signed a week later."""
    Clock().set("2026-12-03 09:00")
    correction = correct_minutes(actor=district.office, minutes=minutes, reason="责任单位有误")
    typed(district, correction, **fields)
    review_minutes(actor=district.director, minutes=correction)
    return sign_minutes(actor=district.secretary, minutes=correction)


def test_a_correction_takes_the_place_and_the_old_one_stays_readable(district: District, meeting: Meeting) -> None:
    old = signed(district, meeting)
    matter = frozen_text(again(old)).sections[0].resolutions[0].matter
    new = corrected(district, old, **{f"m{matter}_lead": "住建局"})
    assert str(again(new).number) == "〔2026〕22号"
    assert frozen_text(again(new)).note == "本纪要替代〔2026〕21号纪要"
    before = again(old)
    assert (before.state, str(before.number)) == (MinutesState.SUPERSEDED, "〔2026〕21号")
    assert frozen_text(before).sections[0].resolutions[0].lead_unit == "教体局"


def test_only_the_changed_decisions_notices_are_issued_anew(district: District, meeting: Meeting) -> None:
    old = signed(district, meeting)
    first, second = frozen_text(again(old)).sections[0].resolutions
    new = corrected(district, old, **{f"m{first.matter}_lead": "住建局", f"m{second.matter}_co": ""})
    standing = DecisionNotice.objects.with_standing().order_by("pk")
    assert [n.superseded for n in standing.filter(minutes=old)] == [True, True]
    issued = standing.filter(minutes=new).select_related("record")
    assert [(str(n.number), n.unit.short_name, n.superseded) for n in issued] == [
        ("〔2026〕3号", "住建局", False),
        ("〔2026〕4号", "财政局", False),
        ("〔2026〕5号", "教体局", False),
    ]
    assert [[m.number for m in notice_paper(n).matters] for n in issued] == [["一（1）"], ["一（1）"], ["一（2）"]]


def test_a_correction_of_words_elsewhere_leaves_the_notices_standing(district: District, meeting: Meeting) -> None:
    old = signed(district, meeting)
    corrected(district, old, closing="补记一段。")
    assert [n.superseded for n in DecisionNotice.objects.with_standing()] == [False, False]


def test_a_correction_says_why_begins_once_and_must_differ(district: District, meeting: Meeting) -> None:
    old = signed(district, meeting)
    with pytest.raises(Refused, match="须写明何处有误"):
        correct_minutes(actor=district.office, minutes=old, reason="")
    with pytest.raises(NotAllowed):
        correct_minutes(actor=district.secretary, minutes=old, reason="有误")
    correction = correct_minutes(actor=district.office, minutes=old, reason="有误")
    with pytest.raises(Refused, match="更正已在起草"):
        correct_minutes(actor=district.office, minutes=old, reason="又有误")
    with pytest.raises(Refused, match="还没有不同"):
        review_minutes(actor=district.director, minutes=correction)
    assert again(old).state == MinutesState.SIGNED


def test_the_paper_is_built_from_the_sealed_bytes_alone(district: District, meeting: Meeting) -> None:
    minutes = again(signed(district, meeting))
    paper = build_minutes(bytes(minutes.record.payload))
    assert paper.head.document_no == "〔2026〕21号"
    assert [section.heading for section in paper.sections] == [
        "一、关于新建城东学校",
        "二、关于2026年全面从严治党情况",
        "三、关于农村人居环境整治情况",
    ]
    assert paper.rolls[-1].values == ("沈砚清",)
