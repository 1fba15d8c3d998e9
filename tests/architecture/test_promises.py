"""What the models declare, the database holds: composite keys, record triggers, state triggers, grants."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, models, transaction

from common.promises.derive import composite_keys, domain_models, links_between_rows, triggers, workflow_models
from common.tenancy.models import CommitteeRow, Keeps
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
