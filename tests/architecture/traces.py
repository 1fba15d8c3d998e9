"""What all tables of the program hold, as one digest a table: equal before and after means that nothing was written."""

from django.apps import apps
from django.db import connection

APPS = ("common", "committee", "agenda", "decisions", "oversight", "desk")


def _tables() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    return sorted(model._meta.db_table for model in models if model._meta.app_label in APPS)


def traces() -> dict[str, str]:
    """By table, over every row of every committee."""
    one = "SELECT '{0}', md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) FROM \"{0}\" t"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(one.format(table) for table in _tables()))
        return dict(cursor.fetchall())


def changed(before: dict[str, str]) -> set[str]:
    """The tables that are no longer as they were."""
    return {table for table, digest in traces().items() if before[table] != digest}
