"""Derives from the models what the database promises beyond Django's own constraints; pure, returns SQL.

1. Composite foreign keys: a row of one committee cannot point at a row of another.
2. Records: UPDATE, DELETE and TRUNCATE are refused to everybody by trigger; passing rows may go when their guard says.
3. States: insert admits only the first state, update only the table's pairs.
4. The chain: digests are right and each link follows the head.
5. Grants: the running program may do with a table what its `keeps` says, and nothing to the schema.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from common.tenancy.models import CommitteeRow, Keeps
from common.workflow import Workflow


@dataclass(frozen=True)
class Promise:
    """One named object on one table and the SQL that makes it."""

    table: str
    name: str
    sql: str


def domain_models() -> list[type[CommitteeRow]]:
    """All concrete tables that belong to a committee."""
    return [m for m in apps.get_models() if issubclass(m, CommitteeRow) and not m._meta.proxy and m._meta.managed]


def workflow_models() -> list[type[models.Model]]:
    """All tables with a state machine."""
    return [m for m in apps.get_models() if isinstance(getattr(m, "WORKFLOW", None), Workflow)]


def links_between_rows() -> Iterator[tuple[str, str, str]]:
    """(table, column, referenced table) of every foreign key from one committee's row to another row of one."""
    for model in domain_models():
        for field in model._meta.concrete_fields:
            target = field.remote_field.model if field.remote_field else None
            if field.column and isinstance(target, type) and issubclass(target, CommitteeRow):
                yield model._meta.db_table, field.column, target._meta.db_table


def short(*words: str) -> str:
    """A name within PostgreSQL's 63 bytes, unique by a digest where it had to be cut."""
    name = "_".join(words)
    if len(name) <= 60:
        return name
    import hashlib

    return f"{name[:50]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def composite_keys() -> list[Promise]:
    """The unique (committee_id, id) pairs and the foreign keys onto them."""
    links = list(links_between_rows())
    targets = sorted({target for _, _, target in links})
    promises = [
        Promise(
            t,
            short("own", t),
            f'ALTER TABLE "{t}" ADD CONSTRAINT "{short("own", t)}" UNIQUE (committee_id, id)',
        )
        for t in targets
    ]
    promises += [
        Promise(
            table,
            short("same", table, column),
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{short("same", table, column)}" '
            f'FOREIGN KEY (committee_id, "{column}") REFERENCES "{target}" (committee_id, id)',
        )
        for table, column, target in links
    ]
    return promises


FUNCTIONS = """
CREATE OR REPLACE FUNCTION yishi_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% 是存档记录，不能修改或删除，只能用新的记录取代', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE OR REPLACE FUNCTION yishi_guard_state() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE pairs text := TG_ARGV[1];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> TG_ARGV[0] THEN
      RAISE EXCEPTION '% 的新行只能从状态 % 开始', TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'check_violation';
    END IF;
  ELSIF NEW.state IS DISTINCT FROM OLD.state
        AND position(' ' || OLD.state || '>' || NEW.state || ' ' IN pairs) = 0 THEN
    RAISE EXCEPTION '% 不能从状态 % 到 %', TG_TABLE_NAME, OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION yishi_guard_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE head record;
BEGIN
  SELECT seq, digest INTO head FROM common_chainhead WHERE committee_id = NEW.committee_id;
  IF NEW.seq <> head.seq + 1 OR NEW.predecessor <> head.digest THEN
    RAISE EXCEPTION '存证须接在第 % 号之后', head.seq USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.payload_digest <> encode(sha256(NEW.payload), 'hex')
     OR NEW.digest <> encode(sha256(convert_to(concat_ws(E'\\n', NEW.predecessor, NEW.seq::text, NEW.schema,
                                                        NEW.subject, NEW.payload_digest), 'UTF8')), 'hex') THEN
    RAISE EXCEPTION '存证摘要与内容不符' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION yishi_guard_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM common_chainrecord c WHERE c.committee_id = NEW.committee_id
                 AND c.seq = NEW.seq AND c.digest = NEW.digest) OR NEW.seq <> OLD.seq + 1 THEN
    RAISE EXCEPTION '存证末号只能随新存证前进一号' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
"""


def guard_functions() -> list[str]:
    """The functions behind the models' own guards."""
    return [
        f'CREATE OR REPLACE FUNCTION "yishi_{guard.name}"() RETURNS trigger LANGUAGE plpgsql AS $$\n'
        f"DECLARE {guard.declare}\nBEGIN\n{guard.body}\nEND $$"
        for model in domain_models()
        for guard in getattr(model, "GUARDS", ())
    ]


def triggers() -> list[Promise]:
    """Triggers on records, on state columns and on the chain."""
    promises = []
    for model in domain_models():
        table = model._meta.db_table
        if model.keeps in (Keeps.RECORD, Keeps.PASSING):
            events = "UPDATE OR DELETE" if model.keeps is Keeps.RECORD else "UPDATE"
            for name, event, level in (("keep", events, "ROW"), ("keepall", "TRUNCATE", "STATEMENT")):
                promises.append(
                    _trigger(table, name, f"BEFORE {event}", f"FOR EACH {level} EXECUTE FUNCTION yishi_refuse_change()")
                )
    for machine in workflow_models():
        workflow: Workflow = machine.WORKFLOW  # type: ignore[attr-defined]
        pairs = " ".join(f"{source}>{target}" for source, target in sorted(workflow.pairs()))
        arguments = f"'{workflow.initial}', ' {pairs} '"
        body = f"FOR EACH ROW EXECUTE FUNCTION yishi_guard_state({arguments})"
        promises.append(_trigger(machine._meta.db_table, "state", "BEFORE INSERT OR UPDATE OF state", body))
    for model in domain_models():
        for guard in getattr(model, "GUARDS", ()):
            body = f'FOR EACH ROW EXECUTE FUNCTION "yishi_{guard.name}"()'
            promises.append(_trigger(model._meta.db_table, guard.name, guard.when, body))
    promises.append(
        _trigger("common_chainrecord", "chain", "BEFORE INSERT", "FOR EACH ROW EXECUTE FUNCTION yishi_guard_chain()")
    )
    promises.append(
        _trigger("common_chainhead", "head", "BEFORE UPDATE", "FOR EACH ROW EXECUTE FUNCTION yishi_guard_head()")
    )
    return promises


def _trigger(table: str, purpose: str, when: str, body: str) -> Promise:
    name = short("yishi", purpose, table)
    return Promise(table, name, f'CREATE TRIGGER "{name}" {when} ON "{table}" {body}')


def grants(role: str) -> list[str]:
    """What the running program's login may do: everything on framework tables, `keeps` on a committee's tables."""
    statements = [
        f'GRANT USAGE ON SCHEMA public TO "{role}"',
        f'REVOKE CREATE ON SCHEMA public FROM PUBLIC, "{role}"',
        f'REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "{role}"',
        f'GRANT SELECT ON ALL TABLES IN SCHEMA public TO "{role}"',
        f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{role}"',
    ]
    rights = {
        Keeps.RECORD: "INSERT",
        Keeps.ROW: "INSERT, UPDATE",
        Keeps.FREE: "INSERT, UPDATE, DELETE",
        Keeps.PASSING: "INSERT, DELETE",
    }
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if not model._meta.managed or model._meta.proxy or table == "django_migrations":
            continue
        keeps = model.keeps if issubclass(model, CommitteeRow) else Keeps.FREE
        statements.append(f'GRANT {rights[keeps]} ON "{table}" TO "{role}"')
    return statements
