"""Numbers: one after the other per committee, kind and year; none twice, none missing, a cancelled one stays."""

import pytest
from django.db import IntegrityError, transaction

from common.numbers.give import cancel_number, give_number, start_series_at
from common.numbers.models import IssuedNumber
from common.tenancy.scope import committee_scope
from tests.support.cast import District


def given(district: District, kind: str = "trial", year: int = 2026) -> int:
    return give_number(kind, year, "试", actor=district.office).number


def test_they_run_on_by_kind_and_year(district: District) -> None:
    assert [given(district), given(district), given(district, year=2027), given(district, "other")] == [1, 2, 1, 1]
    assert str(IssuedNumber.objects.get(kind="trial", year=2026, number=2)) == "〔2026〕2号"


def test_another_committee_counts_for_itself(district: District, neighbour: District) -> None:
    given(district)
    with committee_scope(neighbour.committee.pk):
        assert give_number("trial", 2026, "试", actor=neighbour.actor("杜衡")).number == 1


def test_a_number_that_was_rolled_back_leaves_no_gap(district: District) -> None:
    given(district)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        given(district)
        raise ZeroDivisionError
    assert given(district) == 2


def test_an_offices_running_count_is_taken_over_and_never_lowered(district: District) -> None:
    start_series_at("trial", 2026, 20, actor=district.office)
    assert given(district) == 21
    start_series_at("trial", 2026, 5, actor=district.office)
    assert given(district) == 22


def test_a_cancelled_number_stays_and_is_not_given_again(district: District) -> None:
    issued = give_number("trial", 2026, "试", actor=district.office)
    with pytest.raises(IntegrityError, match="cancelled_number_says_why"), transaction.atomic():
        cancel_number(issued, "")
    cancel_number(issued, "会议取消")
    assert given(district) == 2
    kept = IssuedNumber.objects.get(kind="trial", number=1)
    assert (kept.cancel_reason, kept.cancelled_at is None) == ("会议取消", False)


def test_the_database_refuses_a_number_twice(district: District) -> None:
    issued = give_number("trial", 2026, "试", actor=district.office)
    with pytest.raises(IntegrityError, match="number_once"), transaction.atomic():
        IssuedNumber.objects.create(
            committee=district.committee, kind="trial", year=2026, number=issued.number, issued_at=issued.issued_at,
            subject="重号",
        )  # fmt: skip
