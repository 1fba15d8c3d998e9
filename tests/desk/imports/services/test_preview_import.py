"""A preview keeps the file and says what would be done; it enters nothing, and what cannot be read is not kept."""

import pytest

from agenda.items.models import Item
from common.audit.models import AuditEntry
from common.files.models import StoredFile
from common.files.store import read_file
from common.services import NotAllowed, Refused
from desk.imports.models import LedgerImport
from desk.imports.services.drop_import import drop_import
from desk.imports.services.preview_import import preview_import, renew_preview
from desk.imports.workflow import ImportState
from tests.desk.imports.ledgers import AGENDA, ROSTER, keep, only, previewed
from tests.desk.imports.workbooks import book
from tests.support.cast import District


def test_a_preview_keeps_the_file_and_its_plan_and_enters_nothing(district: District) -> None:
    ledgers = keep(only(AGENDA), AGENDA, "关于新建城东学校的请示")
    data = book(ledgers)
    made = preview_import(actor=district.office, data=data, name="十一月.xlsx")
    assert (made.state, str(made), read_file(made.file)) == (ImportState.PREVIEWED, "十一月.xlsx", data)
    (entry,) = made.plan["entries"]
    assert (entry["doing"], entry["cells"][0][1]) == ("new", ["议题名称", "关于新建城东学校的请示"])
    assert AuditEntry.objects.get(verb="preview_import").detail["figures"] == {
        "rows": 1,
        "to_write": 1,
        "findings": 0,
    }
    assert Item.objects.count() == 0


def test_the_words_around_the_rows_are_kept_too(district: District) -> None:
    notes = previewed(district.office, keep(only(ROSTER), ROSTER, "沈砚清")).plan["notes"]
    assert [note["text"] for note in notes] == ["中共清宁市云川区第八届委员会委员、候补委员名册", "(2026年11月更新)"]


def test_what_is_no_workbook_is_refused_and_not_kept(district: District) -> None:
    with pytest.raises(Refused, match="不是工作簿") as refusal:
        preview_import(actor=district.office, data="姓名,职务\n".encode(), name="名册.xlsx")
    assert refusal.value.field == "file"
    assert (LedgerImport.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_the_roster_of_another_committee_is_refused(district: District) -> None:
    ledgers = keep(only(ROSTER), ROSTER, "沈砚清")
    ledgers[ROSTER][0] = ["中共清宁市澄江县第十五届委员会委员名册"]
    with pytest.raises(Refused, match="名册是“中共清宁市澄江县委员会”的"):
        previewed(district.office, ledgers)
    assert LedgerImport.objects.count() == 0


def test_a_dropped_preview_is_over(district: District) -> None:
    made = previewed(district.office, keep(only(AGENDA), AGENDA, "关于新建城东学校的请示"))
    dropped = drop_import(actor=district.office, ledger_import=made)
    assert (dropped.state, dropped.file) == (ImportState.DROPPED, made.file)
    for again in (drop_import, renew_preview):
        with pytest.raises(Refused, match="已放弃"):
            again(actor=district.office, ledger_import=made)


def test_only_its_uploader_drops_or_renews_a_preview(district: District) -> None:
    made = previewed(district.office, keep(only(AGENDA), AGENDA, "关于新建城东学校的请示"))
    for verb in (drop_import, renew_preview):
        with pytest.raises(NotAllowed, match="由周予安办理"):
            verb(actor=district.director, ledger_import=made)
    made.refresh_from_db()
    assert made.state == ImportState.PREVIEWED
