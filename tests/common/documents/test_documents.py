"""A paper is asked for once per frozen text and made once, whatever happens to workers."""

import threading
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connections, transaction

from common.audit.models import AuditEntry
from common.documents import registry
from common.documents.models import RenderedDocument
from common.documents.papers import MeetingNoticePaper, RedHead
from common.documents.registry import paper_kind
from common.documents.services.make_document import MOST_ATTEMPTS, MOST_STARTS
from common.documents.services.request_document import request_document
from common.documents.tasks import sweep
from common.files.models import StoredFile
from common.files.store import read_file
from common.records.canonical import canonical_bytes, read_canonical
from common.tenancy.scope import committee_scope
from tests.common.documents.reading import pages
from tests.support.cast import District

KIND = "notice-of-the-tests"
State = RenderedDocument.State


def build(payload: bytes) -> MeetingNoticePaper:
    frozen = read_canonical(payload)
    if frozen["title"] == "印不出来":
        raise ValueError("印不出来")
    return MeetingNoticePaper(
        head=RedHead(mark="中共云川区委办公室", document_no="云委办通〔2026〕112号"),
        title=(frozen["title"],),
        addressed_to="各区委常委",
        opening="现将有关事项通知如下。",
        sections=(),
        issuer="中共云川区委办公室",
        issued_on=date.fromisoformat(frozen["issued_on"]),
    )


@pytest.fixture(autouse=True)
def kind() -> Iterator[None]:
    paper_kind(KIND, MeetingNoticePaper, build)
    yield
    del registry._kinds[KIND]


def ask(district: District, title: str = "会议通知") -> RenderedDocument:
    payload = canonical_bytes({"title": title, "issued_on": date(2026, 11, 24)})
    return request_document(actor=district.office, kind=KIND, payload=payload, name=f"{title}.pdf")


def verbs(document: RenderedDocument) -> list[str]:
    of_document = AuditEntry.objects.filter(subject_kind="common.rendereddocument", subject_id=document.pk)
    return list(of_document.order_by("pk").values_list("verb", flat=True))


def test_asking_twice_for_the_same_bytes_gives_one_paper(district: District) -> None:
    first, second = ask(district), ask(district)
    assert first == second
    assert verbs(first) == ["request_document"]


def test_a_new_version_of_the_template_gives_a_new_paper(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    old = ask(district)
    monkeypatch.setattr(MeetingNoticePaper, "version", 2)
    assert ask(district) != old


def test_the_worker_makes_the_paper_in_the_name_of_who_asked(district: District) -> None:
    document = ask(district)
    assert sweep() == 1
    document.refresh_from_db()
    assert document.state == State.DONE
    assert document.file is not None
    assert (document.file.name, document.file.stored_by) == ("会议通知.pdf", district.office.person)
    assert "现将有关事项通知如下。" in pages(read_file(document.file))[0]
    assert verbs(document) == ["request_document", "make_document"]


def test_a_finished_paper_is_not_made_again(district: District) -> None:
    document = ask(district)
    sweep()
    assert sweep() == 0
    ask(district)
    assert sweep() == 0
    assert StoredFile.objects.filter(name=document.name).count() == 1


def test_a_paper_that_cannot_be_made_is_given_up_and_may_be_asked_for_again(district: District) -> None:
    document, good = ask(district, "印不出来"), ask(district)
    for _ in range(MOST_ATTEMPTS):
        sweep()
    document.refresh_from_db()
    good.refresh_from_db()
    assert (document.state, document.error) == (State.FAILED, "ValueError: 印不出来")
    assert good.state == State.DONE, "one that fails must not hold up the others"
    assert sweep() == 0
    assert ask(district, "印不出来").state == State.QUEUED


def test_a_paper_that_kills_its_worker_is_given_up(district: District) -> None:
    document = ask(district)
    RenderedDocument.objects.filter(pk=document.pk).update(attempts=MOST_STARTS)
    sweep()
    document.refresh_from_db()
    assert document.state == State.FAILED
    assert document.file is None


def test_asking_in_a_transaction_that_fails_leaves_nothing(district: District) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ask(district)
        raise ZeroDivisionError
    assert not RenderedDocument.objects.filter(kind=KIND).exists()


def test_a_kind_is_registered_once() -> None:
    paper_kind(KIND, MeetingNoticePaper, build)
    with pytest.raises(ValueError, match="twice"):
        paper_kind(KIND, MeetingNoticePaper, lambda payload: build(payload))


def test_workers_at_the_same_moment_make_each_paper_once(committed_db: None, district: District) -> None:
    asked = [ask(district, f"通知{number}") for number in range(4)]
    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with committee_scope(district.committee.pk):
        for document in asked:
            assert verbs(document) == ["request_document", "make_document"]
            assert StoredFile.objects.filter(name=document.name).count() == 1


def work() -> None:
    try:
        sweep()
    finally:
        connections.close_all()
