"""Many rows of every kind in no time: the story's rows copied in SQL by the owner, past the triggers of records.

Only for reading pages: a copy's digest proves nothing. Copy n has the id FAR + n in every table, so that copies of what
belongs together point at each other.
"""

import os
from collections.abc import Iterator

import psycopg
from psycopg import sql

from tests.architecture.office_story import Office
from tests.support import process

FAR = 1_000_000
# What an office has dozens of at the most; the matrix shows each leader beside each unit.
AT_MOST = {"committee_divisionline": 50}
COPY = f"{FAR} + n"
OF_NOTICE = f"{2 * FAR} + n"


def multiply(office: Office, first: int, last: int) -> None:
    """Copies number `first` to `last` of all that lists and pages show."""
    with psycopg.connect(
        host=os.environ["YISHI_DB_HOST"],
        user=os.environ["YISHI_DB_OWNER"],
        password=os.environ["YISHI_DB_OWNER_PASSWORD"],
        dbname=process.NAME,
    ) as owner:
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, base, changes in kinds(office.rows):
            _copy(owner, table, base, {"id": COPY} | changes, first, min(last, AT_MOST.get(table, last)))
    with psycopg.connect(
        host=os.environ["YISHI_DB_HOST"],
        user=os.environ["YISHI_DB_OWNER"],
        password=os.environ["YISHI_DB_OWNER_PASSWORD"],
        dbname=process.NAME,
        autocommit=True,
    ) as owner:
        owner.execute("ANALYZE")


def kinds(rows: dict[str, int]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(table, which row is copied, what is different in copy n); what others point at comes first."""
    yield from (
        ("common_person", f"id = {rows['person']}", {"name": "name || n"}),
        ("common_account", f"id = {rows['account']}", {"username": "username || n"}),
        ("common_actingfor", f"id = {rows['acting']}", {"account_id": COPY, "person_id": COPY}),
        (
            "committee_unit",
            f"id = {rows['unit']}",
            {"short_name": "short_name || n", "full_name": "full_name || n"},
        ),
        ("committee_roleassignment", f"id = {rows['role']}", {"person_id": COPY, "role": "'auditor'"}),
        ("committee_seat", f"id = {rows['seat']}", {"person_id": COPY}),
        ("committee_divisionline", f"id = {rows['line']}", {"person_id": COPY}),
        ("oversight_ledgerfollowup", f"id = {rows['follow_up']}", {"ledger_key": "n::text", "number": "''"}),
        ("desk_ledgerimport", f"id = {rows['upload']}", {}),
    )
    chained = {"seq": "seq + 10000 * n", "predecessor": "md5(digest || n)", "digest": "md5(predecessor || n)"}
    minutes, notice = f"id = {rows['minutes']}", f"id = {rows['notice']}"
    number = {"number": "number + 1000 * n"}
    yield from (
        ("common_chainrecord", f"id = (SELECT record_id FROM decisions_minutes WHERE {minutes})", chained),
        ("common_chainrecord", f"id = (SELECT record_id FROM decisions_decisionnotice WHERE {notice})",
         chained | {"id": OF_NOTICE}),
        ("common_issuednumber", f"id = (SELECT number_id FROM decisions_minutes WHERE {minutes})", number),
        ("agenda_item", f"id = {rows['item']}", {"number_id": COPY}),
        ("agenda_attachment", f"id = {rows['attachment']}", {}),
        ("agenda_itemversion", f"item_id = {rows['item']} AND no = 1", {"no": "no + n", "record_id": COPY}),
        ("agenda_signature", f"id = {rows['signature']}", {"version_id": COPY, "record_id": COPY}),
        ("agenda_meeting", f"id = {rows['meeting']}",
         {"year_number_id": COPY, "term_number_id": COPY, "starts_at": "starts_at - n * interval '1 day'"}),
        ("agenda_agendaentry", f"id = {rows['entry']}", {"position": "position + n"}),
        ("agenda_entryitem", f"entry_id = {rows['entry']}", {"entry_id": COPY, "item_id": COPY}),
        ("decisions_entrynote", f"id = {rows['note']}", {}),
        ("decisions_sitting", f"meeting_id = {rows['meeting']}", {"meeting_id": COPY, "record_id": COPY}),
        ("decisions_decision", f"id = {rows['decision']}", {"entry_id": COPY, "record_id": COPY}),
        ("decisions_decidedmatter", f"decision_id = {rows['decision']} AND position = 1", {"decision_id": COPY}),
        ("decisions_minutes", minutes,
         {"meeting_id": COPY, "number_id": COPY, "record_id": COPY}),
        ("decisions_decisionnotice", notice,
         {"minutes_id": COPY, "decision_id": COPY, "number_id": COPY, "record_id": OF_NOTICE}),
    )  # fmt: skip


def _copy(owner: psycopg.Connection, table: str, base: str, changes: dict[str, str], first: int, last: int) -> None:
    found = owner.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'", [table]
    )
    columns = [name for (name,) in found]
    unknown = set(changes) - set(columns)
    assert not unknown, f"{table} has no {unknown}"
    values = [changes.get(name, f'"{name}"') for name in columns]
    name = sql.Identifier(table)
    owner.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
    made = owner.execute(
        sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}, generate_series({}, {}) n WHERE {}").format(
            name,
            sql.SQL(", ").join(map(sql.Identifier, columns)),
            sql.SQL(", ".join(values)),
            name,
            first,
            last,
            sql.SQL(base),
        )
    )
    assert made.rowcount == last - first + 1, f"{table}: {made.rowcount}"
    owner.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name))
