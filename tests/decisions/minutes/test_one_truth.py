"""What the signed 纪要 says of duty, text and deadline is what list, export, search, notices and visibility say."""

import io
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from agenda.meetings.models import Meeting
from common.identity.models import ActingFor
from common.outbox.models import Event
from common.records.canonical import read_canonical
from common.services import Refused
from decisions.minutes.frozen import frozen_text
from decisions.minutes.models import Minutes
from decisions.minutes.policies import notices_visible_to
from decisions.minutes.services import sign_minutes as module
from decisions.minutes.services.correct_minutes import correct_minutes
from decisions.minutes.services.review_minutes import review_minutes
from decisions.minutes.services.sign_minutes import sign_minutes
from decisions.minutes.settling import BY_SIGNING
from decisions.outcomes.models import DecidedMatter, Decision
from decisions.outcomes.policies import visible_to
from tests.decisions.minutes_story import drafted, reviewed, typed
from tests.support.cast import District
from tests.support.time import Clock

TEXT = "同意新建城东学校，总投资1.8亿元，由住建局代建"


def client(district: District, name: str) -> Client:
    found = Client()
    account = ActingFor.everywhere.get(person=district.person(name)).account
    found.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return found


def rows(district: District, name: str, **wanted: Any) -> list[tuple[Any, ...]]:
    """The decisions this person takes away as a workbook: text, leader, unit, co-units, deadline."""
    answer = client(district, name).get(reverse("decisions:decisions"), {"format": "xlsx", **wanted})
    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    return [(row[3], *row[5:9]) for row in sheet.iter_rows(min_row=2, values_only=True)]


def handed_over(district: District, minutes: Minutes) -> None:
    """The first matter goes from 教体局 to 住建局, with another leader, text and deadline; nobody helps any more."""
    first, second = DecidedMatter.objects.current().order_by("position")
    typed(
        district,
        minutes,
        **{
            f"m{first.pk}_text": TEXT,
            f"m{first.pk}_lead": "住建局",
            f"m{first.pk}_co": "",
            f"m{first.pk}_leader": "岑以宁",
            f"m{first.pk}_due": "2027-06-30",
            f"m{second.pk}_co": "",
        },
    )


def signed_over(district: District, meeting: Meeting) -> Minutes:
    minutes = drafted(district, meeting)
    handed_over(district, minutes)
    review_minutes(actor=district.director, minutes=minutes)
    Clock().set("2026-11-27 09:00")
    return sign_minutes(actor=district.secretary, minutes=minutes)


def test_the_unit_that_was_charged_by_the_minutes_sees_it_and_the_one_that_was_not_no_longer(
    district: District, meeting: Meeting
) -> None:
    assert visible_to(district.actor("丁筑")).count() == 0
    assert visible_to(district.actor("曹以谦")).count() == 2
    signed = signed_over(district, meeting)
    # 住建局, now in charge: the list, its workbook, the search, its notice.
    charged = district.actor("丁筑")
    [matter] = visible_to(charged)
    assert (matter.text, matter.lead_unit.short_name, matter.leader.name) == (TEXT, "住建局", "岑以宁")
    builder = client(district, "沈砚清")
    assert "住建局代建" in builder.get(reverse("desk:search"), {"q": "住建局代建"}).content.decode()
    assert notices_visible_to(charged).get().decision == matter.decision
    assert notices_visible_to(district.actor("岑以宁")).filter(decision=matter.decision).count() == 2
    # 财政局 helped in both and does so no longer; 教体局, which reported, keeps the second only.
    assert visible_to(district.actor("曹以谦")).count() == 0
    assert not notices_visible_to(district.actor("曹以谦")).exists()
    assert rows(district, "周予安", unit=district.unit("财政局").pk) == []
    [kept] = rows(district, "周予安", unit=district.unit("教体局").pk)
    assert kept[0].startswith("由教体局牵头")
    [given] = rows(district, "周予安", unit=district.unit("住建局").pk)
    assert given[:4] == (TEXT, "岑以宁", "住建局", None)
    assert str(given[4])[:10] == "2027-06-30"
    # The paper says the same, of the matters that stand.
    said = frozen_text(Minutes.objects.get(pk=signed.pk)).resolutions
    assert set(said) == set(DecidedMatter.objects.current().values_list("pk", flat=True))
    assert said[matter.pk].duty == "责任单位：住建局；责任领导：岑以宁；完成时限：2027年6月30日"


def test_a_superseding_decision_says_why_keeps_the_vote_and_the_day(district: District, meeting: Meeting) -> None:
    before = Decision.objects.get()
    signed_over(district, meeting)
    after = Decision.objects.get(supersedes=before)
    assert (after.correction_reason, after.decided_at) == (BY_SIGNING, before.decided_at)
    then, now = (read_canonical(one.record.payload)["matters"] for one in (before, after))
    assert [one["vote"] for one in now] == [one["vote"] for one in then]
    assert [one["lead_unit"] for one in now] == ["区住房和城乡建设局", "区教育和体育局"]
    assert Event.objects.filter(kind="decision.corrected").count() == 1


def test_where_the_minutes_say_what_was_written_down_no_decision_is_superseded(
    district: District, meeting: Meeting
) -> None:
    minutes = drafted(district, meeting)
    typed(district, minutes, closing="资金列入2027年预算。")
    review_minutes(actor=district.director, minutes=minutes)
    sign_minutes(actor=district.secretary, minutes=minutes)
    assert Decision.objects.count() == 1


def test_a_correction_moves_the_duty_again_and_with_its_own_reason(district: District, meeting: Meeting) -> None:
    signed = signed_over(district, meeting)
    first = DecidedMatter.objects.current().get(position=1)
    correction = correct_minutes(actor=district.office, minutes=signed, reason="代建单位有误")
    typed(district, correction, **{f"m{first.pk}_lead": "自然资源局"})
    review_minutes(actor=district.director, minutes=correction)
    assert visible_to(district.actor("丁筑")).count() == 1  # until it is signed, the signed one holds
    sign_minutes(actor=district.secretary, minutes=correction)
    assert visible_to(district.actor("丁筑")).count() == 0
    standing = DecidedMatter.objects.current().get(position=1)
    assert (standing.lead_unit.short_name, standing.decision.correction_reason) == ("自然资源局", "代建单位有误")
    [notice] = notices_visible_to(district.actor("丁筑")).with_standing()
    assert notice.superseded
    assert Decision.objects.count() == 3


def test_only_a_leader_of_that_day_is_charged(district: District, meeting: Meeting) -> None:
    minutes = drafted(district, meeting)
    first = DecidedMatter.objects.current().get(position=1)
    typed(district, minutes, **{f"m{first.pk}_leader": "丁筑"})
    with pytest.raises(Refused, match="的责任领导「丁筑」不是开会那天在任的区领导"):
        review_minutes(actor=district.director, minutes=minutes)
    assert Decision.objects.count() == 1


def test_nobody_rewrites_a_decision_after_the_close_but_by_signing(
    district: District, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Decision.objects.get()

    def by_hand() -> Decision:
        return Decision.objects.create(
            committee=before.committee, entry=before.entry, supersedes=before, correction_reason="改",
            decided_at=before.decided_at, record=meeting.sitting.record,
        )  # fmt: skip

    with pytest.raises(DatabaseError, match="决定只随签发的纪要更正"), transaction.atomic():
        by_hand()
    minutes = drafted(district, meeting)
    handed_over(district, minutes)
    with pytest.raises(DatabaseError, match="决定只随签发的纪要更正"), transaction.atomic():
        by_hand()
    review_minutes(actor=district.director, minutes=minutes)
    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(module, "_issue", lambda *_: (_ for _ in ()).throw(RuntimeError("power cut")))
        sign_minutes(actor=district.secretary, minutes=minutes)
    assert Decision.objects.get() == before


def test_a_correction_page_says_why_none_can_be_begun(district: District, meeting: Meeting) -> None:
    minutes = reviewed(district, meeting)
    office = client(district, "周予安")
    answer = office.get(reverse("decisions:minutes_correct", args=[minutes.pk]))
    assert (answer.status_code, "只有已签发而未被取代的纪要才能更正" in answer.content.decode()) == (409, True)
    assert 'name="reason"' not in answer.content.decode()
