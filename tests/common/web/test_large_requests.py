"""A request beyond all measure is turned away with a sentence, and nothing of it is kept."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from agenda.items.models import Item
from tests.support.cast import District
from tests.support.stories import drafted_item, pdf


def test_more_than_a_form_may_carry_is_refused_before_it_is_read(district: District, settings) -> None:
    settings.MAX_REQUEST_BYTES = 200_000
    item = drafted_item(district)
    papers, kept = item.attachments.count(), set(Path(settings.FILES_DIR).rglob("*"))
    browser = district.client("梁思齐")

    def upload(size: int):
        file = SimpleUploadedFile("可研.pdf", pdf() + b"0" * size)
        return browser.post(f"/items/{item.pk}/papers/add/", {"file": file, "kind": "other"})

    answer = upload(300_000)
    assert answer.status_code == 413
    assert "一次上传的文件合计超过" in answer.content.decode()
    assert (Item.objects.get().attachments.count(), set(Path(settings.FILES_DIR).rglob("*"))) == (papers, kept)
    assert upload(1000).status_code < 400
    assert Item.objects.get().attachments.count() == papers + 1


def test_a_choice_that_is_no_number_is_not_there(district: District) -> None:
    browser = district.client("梁思齐")
    assert browser.post("/account/person/", {"acting": "²"}).status_code == 404
