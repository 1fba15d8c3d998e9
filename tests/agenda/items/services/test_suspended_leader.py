"""A 分管领导 who is 停职 does not sign: his AB角 does, and where he has none 书记 consents in writing (rules.md §4).

农业农村局 is 顾维桢's, whose AB角 is 邵闻笛; 石桥镇 chose 贺北辰, who has none. They are suspended from 11月16日 to
11月30日.
"""

from datetime import date

import pytest

from agenda.items.documents import sheet_bytes
from agenda.items.lines import SignLine
from agenda.items.models import Item, Signature
from agenda.items.policies import visible_to
from agenda.items.reports import waiting_for
from agenda.items.services.sign_item import sign_item
from agenda.items.standing import standing_of
from common import clock as domain_clock
from common.records.canonical import read_canonical
from common.services import NotAllowed, Refused
from tests.agenda.items.services.test_leader_of_the_day import at_leader
from tests.agenda.items.services.test_paper_signature import paper
from tests.committee.test_suspension import suspend
from tests.support import stories
from tests.support.cast import District
from tests.support.time import Clock


def farming(district: District) -> Item:
    return at_leader(district, unit="农业农村局", leader="顾维桢", presenter="局长")


def township(district: District) -> Item:
    return at_leader(district, unit="石桥镇", leader="贺北辰", presenter="镇长")


def sign(district: District, item: Item, name: str, opinion: str = "") -> Signature:
    return sign_item(actor=district.actor(name), item=item, digest=item.version.digest, opinion=opinion)


def turn_of(item: Item) -> SignLine:
    found = standing_of(Item.objects.get(pk=item.pk)).turn
    assert found is not None
    return found


def notes_to_sign(district: District, name: str) -> list[str]:
    """What the signatures on a person's workbench say besides."""
    tasks = waiting_for(district.actor(name), domain_clock.today())
    return [task.note for task in tasks if task.verb == "签批"]


def test_a_suspended_leader_is_refused_and_his_deputy_signs_for_him(district: District) -> None:
    item = farming(district)
    suspend(district, "顾维桢", counts=True)
    said = "分管领导顾维桢停职，由AB角代签，现在等邵闻笛签批。"
    assert turn_of(item).sentence == said
    for name in ("顾维桢", "祁连山", "沈砚清"):
        with stories.nothing_changes(item), pytest.raises(NotAllowed, match=said):
            sign(district, item, name)
    signature = sign(district, item, "邵闻笛")
    assert (signature.for_person, signature.opinion) == (district.person("顾维桢"), "")
    assert [line.who for line in standing_of(item).signatures if line.signature][-1] == "邵闻笛（代顾维桢）"


def test_without_a_deputy_the_secretary_consents_in_writing(district: District) -> None:
    item = township(district)
    suspend(district, "贺北辰")
    said = "分管领导贺北辰停职，没有可以代签的AB角，现在等书记沈砚清同意并写明意见。"
    assert turn_of(item).sentence == said
    for name in ("贺北辰", "陆景和", "邵闻笛"):
        with stories.nothing_changes(item), pytest.raises(NotAllowed, match=said):
            sign(district, item, name)
    with stories.nothing_changes(item), pytest.raises(Refused, match="请写明同意的意见") as told:
        sign(district, item, "沈砚清")
    assert told.value.field == "opinion"
    signature = sign(district, item, "沈砚清", "同意上会，由镇里先行准备")
    assert read_canonical(signature.record.payload)["for_person"]["name"] == "贺北辰"
    assert signature.step.office == "leader_in_charge"


def test_a_deputy_who_is_suspended_too_signs_for_nobody(district: District) -> None:
    item = farming(district)
    suspend(district, "顾维桢")
    suspend(district, "邵闻笛")
    assert turn_of(item).person == district.secretary.person
    with stories.nothing_changes(item), pytest.raises(NotAllowed, match="没有可以代签的AB角"):
        sign(district, item, "邵闻笛")


def test_a_suspended_deputy_does_not_sign_for_a_leader_who_is_there(district: District) -> None:
    item = farming(district)
    suspend(district, "邵闻笛")
    assert turn_of(item).sentence == "现在等分管领导顾维桢签批。"
    with stories.nothing_changes(item), pytest.raises(NotAllowed, match="现在等分管领导顾维桢签批"):
        sign(district, item, "邵闻笛")
    sign(district, item, "顾维桢")


def test_where_the_secretary_is_suspended_too_nobody_signs_and_it_is_said(district: District) -> None:
    item = township(district)
    suspend(district, "贺北辰")
    suspend(district, "沈砚清")
    with stories.nothing_changes(item), pytest.raises(NotAllowed, match="书记今天也没有在任的人"):
        sign(district, item, "沈砚清", "同意")


def test_each_finds_on_his_workbench_what_is_his_to_sign(district: District) -> None:
    farming(district)
    township(district)
    assert notes_to_sign(district, "顾维桢") and notes_to_sign(district, "贺北辰")
    assert not notes_to_sign(district, "沈砚清")
    suspend(district, "顾维桢")
    suspend(district, "贺北辰")
    assert not notes_to_sign(district, "顾维桢") and not notes_to_sign(district, "贺北辰")
    assert notes_to_sign(district, "邵闻笛") == ["农业农村局呈报，您是顾维桢的AB角"]
    assert notes_to_sign(district, "沈砚清") == ["石桥镇呈报，贺北辰停职，须您同意并写明意见"]


def test_a_suspended_leader_reads_nothing_by_his_charge_until_it_ends(district: District, clock: Clock) -> None:
    item = farming(district)
    assert visible_to(district.actor("顾维桢")).filter(pk=item.pk).exists()
    suspend(district, "顾维桢")
    assert not visible_to(district.actor("顾维桢")).filter(pk=item.pk).exists()
    assert district.client("顾维桢").get(f"/items/{item.pk}/sign/").status_code == 404
    clock.set("2026-12-01 08:30")
    assert visible_to(district.actor("顾维桢")).filter(pk=item.pk).exists()
    assert turn_of(item).sentence == "现在等分管领导顾维桢签批（外出时由AB角邵闻笛代签）。"
    sign(district, item, "顾维桢")


def test_what_he_signed_on_paper_before_is_entered_and_what_he_signed_since_is_not(
    district: District, clock: Clock
) -> None:
    clock.set("2026-11-13 08:30")
    item = farming(district)
    clock.set("2026-11-18 08:30")
    suspend(district, "顾维桢")
    with stories.nothing_changes(item), pytest.raises(Refused, match="签字的不是这一步的签字人"):
        paper(district, item, "顾维桢", signed_on=date(2026, 11, 17))
    assert paper(district, item, "顾维桢", signed_on=date(2026, 11, 13)).for_person is None


def test_the_page_of_the_signature_says_why_it_is_the_secretarys(district: District) -> None:
    item = township(district)
    suspend(district, "贺北辰")
    page = district.client("沈砚清").get(f"/items/{item.pk}/sign/").content.decode()
    assert "现在等书记沈砚清同意并写明意见。您代贺北辰签批，记录写明代签。" in page
    shown = district.client("沈砚清").get(f"/items/{item.pk}/").content.decode()
    assert "沈砚清（代贺北辰）" in shown


def test_the_printed_sheet_says_for_whom_was_signed(district: District) -> None:
    item = farming(district)
    suspend(district, "顾维桢")
    sign(district, item, "邵闻笛")
    assert "代顾维桢签批" in sheet_bytes(Item.objects.get(pk=item.pk)).decode()
