"""A check that no constraint can express, written beside the model it protects as `GUARDS = (Guard(…),)`."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Guard:
    """A row trigger: `body` is PL/pgSQL between BEGIN and END and must RETURN NEW (or OLD on delete).

    `when` is e.g. "BEFORE INSERT OR UPDATE"; `declare` the variables. Messages are Chinese sentences; raise with
    ERRCODE 'check_violation'.
    """

    name: str
    when: str
    body: str
    declare: str = ""


def stays(name: str, *columns: str, says: str, once: Sequence[str] = ()) -> Guard:
    """A guard for rows that go on living though part of them is a fact: these columns never change.

    `once` are columns that begin empty, get their value one time, and then stay, too.
    """
    changed = [f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns]
    changed += [f"coalesce(OLD.{c}::text, '') <> '' AND NEW.{c} IS DISTINCT FROM OLD.{c}" for c in once]
    return Guard(
        name=name,
        when="BEFORE UPDATE",
        body=f"""
  IF {" OR ".join(f"({one})" for one in changed)} THEN
    RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
    )
