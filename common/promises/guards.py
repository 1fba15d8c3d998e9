"""A check that no constraint can express, written beside the model it protects as `GUARDS = (Guard(…),)`."""

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
