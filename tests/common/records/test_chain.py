"""The chain holds what was recorded; nobody edits it, and whoever tries is named by place."""

import pytest
from django.db import DatabaseError, connection, transaction

from common.numbers.give import give_number
from common.numbers.models import IssuedNumber
from common.records.chain import first_break, seal
from common.records.models import ChainHead, ChainRecord
from tests.support.cast import District


def write(district: District, text: str) -> ChainRecord:
    with transaction.atomic():
        return seal("note/1", district.committee, {"text": text}, actor=district.office)


def links(district: District) -> list[ChainRecord]:
    return list(ChainRecord.objects.order_by("seq"))


def test_what_the_office_records_forms_an_unbroken_chain(district: District) -> None:
    write(district, "一")
    write(district, "二")
    head = ChainHead.objects.get()
    assert head.digest == links(district)[-1].digest
    assert first_break(links(district), head.seq, head.digest) is None


@pytest.mark.parametrize("statement", ["UPDATE common_chainrecord SET subject = 'x'", "DELETE FROM common_chainrecord"])
def test_the_running_program_cannot_change_a_record(district: District, statement: str) -> None:
    record = write(district, "不可改")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    record.refresh_from_db()
    assert record.subject.startswith("common.committee/")


def test_a_forged_link_is_refused_by_the_database(district: District) -> None:
    last = write(district, "真")
    forged = ChainRecord(
        committee=district.committee, seq=last.seq + 1, schema="note/1", subject="x/1", payload=b"{}",
        payload_digest="0" * 64, predecessor=last.digest, digest="1" * 64, recorded_at=last.recorded_at,
    )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        forged.save()
    assert ChainRecord.objects.count() == last.seq


def test_an_auditor_is_told_where_a_chain_was_edited_cut_or_shortened(district: District) -> None:
    for text in "甲乙丙丁":
        write(district, text)
    chain, head = links(district), ChainHead.objects.get()
    spot = len(chain) - 2
    edited = links(district)
    edited[spot].payload = b'{"text":"\xe4\xbc\xaa"}'
    assert first_break(edited, head.seq, head.digest).seq == spot + 1
    assert first_break(chain[:spot] + chain[spot + 1 :], head.seq, head.digest).seq == spot + 1
    assert first_break(chain[:-1], head.seq, head.digest).seq == len(chain)


def test_a_number_is_not_used_up_by_what_was_rolled_back(district: District) -> None:
    first = give_number("test", 2026, "第一件", actor=district.office)
    with pytest.raises(RuntimeError), transaction.atomic():
        give_number("test", 2026, "没成的", actor=district.office)
        raise RuntimeError
    second = give_number("test", 2026, "第二件", actor=district.office)
    assert [first.number, second.number] == [1, 2]
    assert IssuedNumber.objects.filter(kind="test").count() == 2
