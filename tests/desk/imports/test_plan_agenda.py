"""What the agenda ledger would change: drafts of the units, never twice, never over what a unit has written."""

from datetime import date
from decimal import Decimal

import pytest

from agenda.items.models import Item, ItemDraft
from agenda.items.policies import visible_to
from agenda.items.services.save_draft import save_draft
from agenda.items.services.start_item import start_item
from agenda.items.workflow import ItemState
from agenda.rules.models import Handling
from desk.imports.findings import Code
from desk.imports.models import LedgerItemRow
from desk.imports.plan import Doing
from tests.desk.imports.ledgers import AGENDA, changes, doings, entry, imported, keep, only, plan_of, row
from tests.support.cast import District

SCHOOL, PARK, CADRES = "关于新建城东学校的请示", "关于青岩镇产业园合作协议的请示", "关于干部任免事项的建议(8名)"
MANNER = 11


def one(title: str) -> dict:
    return keep(only(AGENDA), AGENDA, title)


def test_each_row_becomes_a_draft_of_its_unit_with_all_that_it_says(district: District) -> None:
    imported(district.office, one(SCHOOL))
    item = Item.objects.get()
    assert (item.state, item.title, item.unit) == (ItemState.DRAFT, SCHOOL, district.unit("教体局"))
    assert (item.amount, item.leader, item.matter_kind.name) == (
        Decimal(180_000_000),
        district.leader.person,
        "重大项目",
    )
    content = item.draft.content
    assert (content["presenter"], content["minutes"], content["major_kinds"]) == ("林知微", 15, ["project"])
    kept = LedgerItemRow.objects.get(item=item)
    assert (kept.filed_on, dict(kept.verbatim)["涉及金额"]) == (date(2026, 11, 6), "1.8亿")
    assert visible_to(district.liaison).get() == item


def test_of_units_that_file_together_the_first_files_and_the_others_join(district: District) -> None:
    imported(district.office, one(PARK))
    item = Item.objects.get()
    assert item.unit == district.unit("发改局")
    assert item.draft.content["co_units"] == [district.unit("青岩镇").pk]


@pytest.mark.parametrize(
    ("said", "handling"),
    [
        ("听取", Handling.HEAR),
        ("讨论,提请全委会", Handling.DISCUSS),
        ("讨论、票决", Handling.BALLOT),
        ("传达学习", Handling.CONVEY),
        ("听取，审议", Handling.DISCUSS),
    ],
)
def test_the_way_of_dealing_is_read_from_the_office_s_words(district: District, said: str, handling: Handling) -> None:
    ledgers = one(SCHOOL)
    ledgers[AGENDA][3][MANNER] = said
    imported(district.office, ledgers)
    assert Item.objects.get().handling == handling


def test_what_the_ledger_leaves_open_is_said_for_the_unit_to_add(district: District) -> None:
    ledgers = one(SCHOOL)
    ledgers[AGENDA][3][7], ledgers[AGENDA][3][MANNER] = "是", None
    assert entry(plan_of(ledgers, district.office), SCHOOL).remarks == [
        "没有写拟议方式，按“讨论决定”录入，由提报单位核对。",
        "写了属于三重一大，没有写是哪一种，由提报单位补选。",
    ]


def test_a_way_nobody_knows_is_found(district: District) -> None:
    ledgers = one(SCHOOL)
    ledgers[AGENDA][3][MANNER] = "视情"
    (found,) = plan_of(ledgers, district.office).findings
    assert (found.code, found.cell) == (Code.UNCLEAR_MANNER, "L4")


def test_what_is_classified_stays_outside(district: District) -> None:
    ledgers = one(SCHOOL)
    ledgers[AGENDA][2].append("密级")
    ledgers[AGENDA][3].append("机密")
    (found,) = plan_of(ledgers, district.office).findings
    assert (found.code, found.text) == (Code.CLASSIFIED, "机密")
    assert "线下办理" in found.mend


def test_a_cadre_item_is_seen_by_its_unit_and_not_by_who_imported_it(district: District) -> None:
    imported(district.office, one(CADRES))
    item = Item.objects.get()
    assert item.title == "关于干部任免事项的建议（8名）"
    assert not visible_to(district.office).exists()
    assert visible_to(district.actor("苏文珩")).get() == visible_to(district.actor("沈南乔")).get() == item


def test_a_second_import_finds_every_row_known(district: District) -> None:
    imported(district.office, one(PARK))
    assert doings(plan_of(one(PARK), district.office)) == {Doing.UNCHANGED: 1}


def test_the_same_title_of_another_day_is_another_item(district: District) -> None:
    imported(district.office, one(CADRES))
    Item.objects.update(state=ItemState.DRAFT)
    ledgers = one(CADRES)
    ledgers[AGENDA][1] = ["填表单位:区委办秘书科  2026年12月13日"]
    ledgers[AGENDA][3][5] = date(2026, 12, 10)
    plan = plan_of(ledgers, district.office)
    assert entry(plan, CADRES).remarks == ["组织部已有这个议题，现在是“拟稿”，不再录入。"]


def test_an_item_its_unit_has_begun_is_not_entered_again(district: District) -> None:
    start_item(actor=district.liaison, unit=district.unit("教体局"), content={"title": SCHOOL})
    plan = plan_of(one(SCHOOL), district.office)
    assert entry(plan, SCHOOL).doing is Doing.UNCHANGED
    assert entry(plan, SCHOOL).remarks == ["教体局已有这个议题，现在是“拟稿”，不再录入。"]


def test_a_draft_nobody_has_touched_follows_the_ledger(district: District) -> None:
    imported(district.office, one(SCHOOL))
    ledgers = one(SCHOOL)
    ledgers[AGENDA][3][6] = "1.95亿元"
    assert changes(plan_of(ledgers, district.office), SCHOOL) == [("涉及金额", "1.8 亿元", "1.95 亿元")]
    imported(district.office, ledgers)
    assert Item.objects.get().amount == Decimal(195_000_000)
    assert doings(plan_of(ledgers, district.office)) == {Doing.UNCHANGED: 1}


def test_what_its_unit_has_written_is_never_written_over(district: District) -> None:
    imported(district.office, one(SCHOOL))
    draft = ItemDraft.objects.get()
    save_draft(
        actor=district.liaison,
        item=draft.item,
        content={**draft.content, "reason": "学位缺口"},
        revision=draft.revision,
    )
    ledgers = one(SCHOOL)
    ledgers[AGENDA][3][6] = "1.95亿元"
    found = entry(plan_of(ledgers, district.office), SCHOOL)
    assert found.doing is Doing.UNCHANGED
    assert found.remarks == ["涉及金额与上次导入时不同；这个议题已由教体局接手，导入不改动，请教体局核对。"]


def test_a_column_the_next_ledger_lacks_takes_nothing_away(district: District) -> None:
    imported(district.office, one(SCHOOL))
    ledgers = one(SCHOOL)
    for line in ledgers[AGENDA][2:]:
        del line[6]
    assert doings(plan_of(ledgers, district.office)) == {Doing.UNCHANGED: 1}


def test_a_title_too_long_is_found_and_not_cut(district: District) -> None:
    ledgers = one(SCHOOL)
    ledgers[AGENDA][3][1] = "关于" + "进一步" * 40 + "的请示"
    (found,) = plan_of(ledgers, district.office).findings
    assert (found.code, found.mend) == (Code.TOO_LONG, "请把“议题名称”精简到100字以内。")


def test_a_column_without_a_field_is_kept_word_for_word(district: District) -> None:
    ledgers = one(SCHOOL)
    ledgers[AGENDA][2].append("备注栏")
    row(ledgers, AGENDA, SCHOOL).append("附件已电子报送")
    imported(district.office, ledgers)
    assert dict(LedgerItemRow.objects.get().verbatim)["备注栏"] == "附件已电子报送"
