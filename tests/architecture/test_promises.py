"""What the models declare, the database holds: composite keys, record triggers, state triggers, grants."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, models, transaction

from common.promises.derive import composite_keys, domain_models, links_between_rows, triggers, workflow_models
from common.tenancy.models import CommitteeRow, Keeps
from tests.architecture.office_story import Office
from tests.support.cast import District

APPS = ("common", "committee", "agenda", "decisions", "oversight", "desk")
# Shared by all committees on purpose: see docs/architecture.md, "Tenant".
SHARED = {"Committee", "Account", "CalendarDay", "ItemGrant"}


def rows(query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def own_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in APPS]


def test_every_table_carries_its_committee() -> None:
    strangers = {m.__name__ for m in own_models() if not issubclass(m, CommitteeRow)} - SHARED
    assert strangers <= {"Account_groups", "Account_user_permissions"}


def test_every_link_between_rows_of_committees_is_doubled(db: None) -> None:
    present = {name for (name,) in rows("SELECT conname FROM pg_constraint")}
    assert {promise.name for promise in composite_keys()} <= present
    assert len(list(links_between_rows())) > 100


def test_every_derived_trigger_is_there(db: None) -> None:
    present = {name for (name,) in rows("SELECT tgname FROM pg_trigger WHERE tgenabled = 'O'")}
    assert {promise.name for promise in triggers()} <= present
    assert len(workflow_models()) >= 6


def test_the_running_login_may_do_what_each_table_keeps_and_no_more(db: None) -> None:
    allowed = {
        Keeps.RECORD: {"SELECT", "INSERT"},
        Keeps.ROW: {"SELECT", "INSERT", "UPDATE"},
        Keeps.FREE: {"SELECT", "INSERT", "UPDATE", "DELETE"},
        Keeps.PASSING: {"SELECT", "INSERT", "DELETE"},
    }
    for model in domain_models():
        for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER", "REFERENCES"):
            table = model._meta.db_table
            [(has,)] = rows(f"SELECT has_table_privilege('{settings.APP_ROLE}', '{table}', '{right}')")
            assert has == (right in allowed[model.keeps]), (table, right)


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE x (id int)", "TRUNCATE agenda_item CASCADE", "DROP TABLE agenda_item"]
)
def test_the_running_login_cannot_change_the_schema(db: None, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        rows(statement)
    assert rows("SELECT count(*) FROM agenda_item") == [(0,)]


def test_the_database_refuses_a_link_to_another_committees_row(district: District, neighbour: District) -> None:
    theirs, ours = neighbour.unit("教体局"), district.person("梁思齐")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO agenda_item (committee_id, state, title, unit_id, handling, target_body, classification,"
            " urgent, created_by_id, created_at, imported_key)"
            " VALUES (%s, 'draft', '越界', %s, 'discuss', 'standing', 'internal', false, %s, '2026-11-16', '')",
            [district.committee.pk, theirs.pk, ours.pk],
        )
    assert rows("SELECT count(*) FROM agenda_item") == [(0,)]


# What a row that lives on holds as a fact, and what is said to whoever changes it past the services.
FACTS = {
    "common_rendereddocument": ("照原文印出一次", ("source = 'x'", "source_digest = 'x'", "name = 'x.pdf'")),
    "common_issuednumber": ("给出的编号不能改", ("number = 990", "year = 2027", "subject = '别的'", "kind = 'x'")),
    "common_numberseries": ("只能往后给", ("last = last - 1",)),
    "common_actingfor": ("账号代表谁不能改", ("kind = 'staff'", "person_id = (SELECT max(id) FROM common_person)")),
    "decisions_sitting": (
        "开会时定格的|主持人只随更换主持人的记录而改",
        ("chair_id = (SELECT max(id) FROM common_person)", "opened_at = '2026-11-26'", "closed_at = '2026-11-26'"),
    ),
    "decisions_question": ("表决过的议决事项不能再改", ("text = '不同意'",)),
    "agenda_item": ("呈报过的议题", ("classification = 'public'", "filed_on = '2026-11-01'", "number_id = NULL")),
}


@pytest.mark.parametrize("table", FACTS)
def test_a_fact_in_a_row_that_lives_on_stays(office: Office, table: str) -> None:
    words, changes = FACTS[table]
    assert rows(f"SELECT count(*) FROM {table}") != [(0,)]
    for change in changes:
        with pytest.raises(DatabaseError, match=words), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {change}")


def test_what_is_given_once_is_given_and_then_stays(office: Office) -> None:
    """A number is cancelled once with its reason, a paper gets its file once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE common_issuednumber SET cancelled_at = '2026-11-27', cancel_reason = '会议取消'")
        cursor.execute("UPDATE common_rendereddocument SET file_id = (SELECT min(id) FROM common_storedfile)")
        for change in (
            "common_issuednumber SET cancel_reason = '别的'",
            "common_issuednumber SET cancelled_at = NULL, cancel_reason = ''",
            "common_rendereddocument SET file_id = (SELECT max(id) FROM common_storedfile)",
            "common_rendereddocument SET file_id = NULL",
        ):
            with pytest.raises(DatabaseError, match=r"只能作废一次|照原文印出一次"), transaction.atomic():
                cursor.execute(f"UPDATE {change}")
        transaction.set_rollback(True)
