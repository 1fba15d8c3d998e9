"""What a story leaves is the same, told by its services or told again."""

from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from agenda.items.models import Item
from tests.architecture.traces import traces
from tests.support.cast import District
from tests.support.stories import ready_item
from tests.support.time import FIRST_MORNING, Clock
from tests.support.told import begin


def told(district: District, title: str, clock: Clock) -> tuple[int, dict[str, str]]:
    """How many statements the services needed, and what all tables hold then; undone again."""
    clock.set(FIRST_MORNING)
    with transaction.atomic():
        with CaptureQueriesContext(connection) as asked:
            assert ready_item(district, title=title).title == title
        found = traces()
        transaction.set_rollback(True)
    begin()
    return len(asked), found


def test_told_again_it_leaves_the_same_rows_without_its_services(district: District, clock: Clock) -> None:
    first, rows = told(district, "关于讲两遍的请示", clock)
    again, same = told(district, "关于讲两遍的请示", clock)
    assert (first > 100, again < 5) == (True, True)
    assert same == rows
    other, differing = told(district, "关于另一件事的请示", clock)
    assert other > 100
    assert differing != rows


def test_who_has_signed_in_and_looked_around_is_told_it_again(district: District, clock: Clock) -> None:
    told(district, "关于先登录的请示", clock)
    assert district.client("梁思齐").get("/").status_code == 200
    assert told(district, "关于先登录的请示", clock)[0] < 5


def test_after_a_write_of_the_tests_own_and_under_other_settings_the_services_run(
    district: District, clock: Clock
) -> None:
    told(district, "关于再讲一遍的请示", clock)
    with override_settings(EMAIL_HOST="mail.example"):
        assert told(district, "关于再讲一遍的请示", clock)[0] > 100
    district.person("夏知秋").save()
    assert told(district, "关于再讲一遍的请示", clock)[0] > 100
    assert not Item.objects.exists()
