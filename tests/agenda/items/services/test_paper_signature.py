"""enter_paper_signature: by 秘书科, of the right signer, with its scan and the day written on the paper."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse

from agenda.items.models import Item, Signature
from agenda.items.services.enter_paper_signature import enter_paper_signature
from common import clock as domain_clock
from common.identity.actor import Actor
from common.records.canonical import read_canonical
from common.services import NotAllowed, Refused
from tests.agenda.items.test_database import forged_signature
from tests.support import stories
from tests.support.cast import District
from tests.support.time import Clock

WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def paper(district: District, item: Item, signer: str, actor: Actor | None = None, **given: Any) -> Signature:
    return enter_paper_signature(
        actor=actor or district.office,
        item=item,
        digest=item.version.digest,
        signer=district.person(signer),
        **{"signed_on": domain_clock.today(), "scan": ("签批页.pdf", stories.pdf("签批页"))} | given,
    )


def test_a_paper_signature_is_entered_with_its_scan(district: District) -> None:
    item = stories.vetted_item(district)
    signature = paper(district, item, "林知微", opinion="同意呈报")
    assert (signature.medium, signature.signer.name, signature.scan.name) == ("paper", "林知微", "签批页.pdf")
    assert read_canonical(signature.record.payload)["sealed"]["name"] == "周予安"


def test_a_paper_signature_of_a_wrong_signer_is_refused(district: District) -> None:
    item = stories.vetted_item(district)
    with stories.nothing_changes(item), pytest.raises(Refused, match="签字的不是这一步的签字人"):
        paper(district, item, "闻人澈")


def test_only_the_section_enters_paper_signatures(district: District) -> None:
    item = stories.vetted_item(district)
    for who in ("liaison", "head", "director", "secretary", "outsider"):
        with stories.nothing_changes(item), pytest.raises(NotAllowed, match="由区委办秘书科补录"):
            paper(district, item, "林知微", actor=getattr(district, who))


def test_the_day_on_the_paper_is_kept_sealed_and_shown(district: District, clock: Clock) -> None:
    item = stories.vetted_item(district)
    clock.set("2026-11-19 08:30")
    signature = paper(district, item, "林知微", signed_on=date(2026, 11, 17))
    assert signature.signed_on == date(2026, 11, 17)
    assert read_canonical(signature.record.payload)["signed_on"] == "2026-11-17"
    page = reverse("agenda:item_detail", args=[item.pk])
    office = district.client("周予安")
    assert "11月17日" in office.get(page).content.decode()
    assert "签于11月17日（周二），补录" in office.get(page + "?tab=history").content.decode()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(date(2026, 11, 20), "还没有到。请照纸上写的日期填写"), (date(2026, 11, 15), "第1稿是11月16日（周一）呈报的")],
)
def test_nobody_signed_tomorrow_or_before_the_text_was_filed(
    district: District, clock: Clock, day: date, sentence: str
) -> None:
    item = stories.vetted_item(district)
    clock.set("2026-11-19 08:30")
    with stories.nothing_changes(item), pytest.raises(Refused, match=sentence) as refusal:
        paper(district, item, "林知微", signed_on=day)
    assert refusal.value.field == "signed_on"


def test_the_database_knows_no_signature_before_its_text_or_after_its_entry(district: District) -> None:
    item = stories.vetted_item(district)
    for day in (date(2026, 11, 15), date(2026, 11, 17)):
        with pytest.raises(IntegrityError, match="签字日须在这一稿呈报之后、录入之前"):
            forged_signature(district, item, signed_on=day)


def test_a_signature_on_screen_is_of_its_day(district: District, clock: Clock) -> None:
    item = stories.vetted_item(district)
    clock.set("2026-11-18 23:50")
    assert stories.sign_next(district, item).signed_on == date(2026, 11, 18)


def test_only_a_scan_is_taken_as_one(district: District) -> None:
    item = stories.vetted_item(district)
    with stories.nothing_changes(item), pytest.raises(Refused, match="不是扫描件。请上传签过字的那一页"):
        paper(district, item, "林知微", scan=("签批页.doc", WORD))
    assert paper(district, item, "林知微", scan=("签批页.png", PICTURE)).scan.content_type == "image/png"


def test_the_page_asks_for_the_day(district: District) -> None:
    item = stories.vetted_item(district)
    office, address = district.client("周予安"), reverse("agenda:item_paper_signature", args=[item.pk])
    sent = {"digest": item.version.digest, "signer": district.head.person.pk, "verdict": "approve"}

    def post(**more: Any) -> str:
        scan = SimpleUploadedFile("签批页.pdf", stories.pdf("签批页"))
        return office.post(address, sent | {"scan": scan} | more, follow=True).content.decode()

    assert "请填写签字日期" in post()
    assert "还没有到。请照纸上写的日期填写" in post(signed_on="2026-11-30")
    assert not item.version.signatures.exists()
    assert "已补录林知微的纸质签批。" in post(signed_on="2026-11-16")
