"""The test databases keep the promises of the real one, and every test finds the database, clock and site clean."""

import psycopg
import pytest
from django.db import connection


@pytest.mark.django_db
def test_tests_run_as_the_program_which_may_not_change_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("yishi_app",)
        with pytest.raises(Exception, match="permission denied"):
            cursor.execute("CREATE TABLE intruder (id int)")


@pytest.mark.django_db
def test_the_program_may_not_make_temporary_tables_either() -> None:
    with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):
        cursor.execute("CREATE TEMPORARY TABLE intruder (id int)")


@pytest.mark.parametrize("turn", [1, 2])
def test_a_commit_is_real_and_gone_in_the_next_test(committed_db: None, turn: int) -> None:
    from django.contrib.sessions.models import Session

    from common import clock

    assert Session.objects.count() == 0
    Session.objects.create(session_key="left", session_data="", expire_date=clock.now())
    seen_by_another = psycopg.connect(
        host=connection.settings_dict["HOST"],
        dbname=connection.settings_dict["NAME"],
        user=connection.settings_dict["USER"],
        password=connection.settings_dict["PASSWORD"],
    )
    with seen_by_another as other:
        assert other.execute("SELECT count(*) FROM django_session").fetchone() == (1,)


def test_every_test_begins_on_the_first_morning(clock) -> None:
    from common import clock as domain

    assert f"{domain.now():%Y-%m-%d %H:%M}" == "2026-11-16 08:30"
    clock.forward(days=3)
    assert f"{domain.today()}" == "2026-11-19"


@pytest.mark.browser
def test_chromium_sees_the_site(page) -> None:
    answer = page.goto("/")
    assert answer is not None
    assert answer.status < 500
