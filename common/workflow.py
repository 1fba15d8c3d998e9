"""One transition table per subject: it makes the django-fsm methods, the database's trigger and the printed table.

A subject's `workflow.py` declares its states and a `Workflow`; its model inherits `WORKFLOW.machine()` and names a
concrete `StateChange` table. The only place that assigns a state is `move()`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django_fsm import FSMField, FSMModelMixin, can_proceed, transition

from common import clock
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused
from common.tenancy.models import Record


@dataclass(frozen=True)
class Transition:
    """One allowed move. `who` and `guard` are what the generated table and a refusal say."""

    verb: str
    sources: tuple[str, ...]
    target: str
    label: str
    who: str
    guard: str = ""


@dataclass(frozen=True)
class Workflow:
    """States (a TextChoices), the first one, and every allowed transition."""

    states: type[models.TextChoices]
    initial: str
    transitions: tuple[Transition, ...]

    def pairs(self) -> set[tuple[str, str]]:
        """What the database's trigger admits on update."""
        return {(source, t.target) for t in self.transitions for source in t.sources}

    def by_verb(self, verb: str) -> Transition:
        return next(t for t in self.transitions if t.verb == verb)

    def machine(self) -> type[models.Model]:
        """An abstract model with the protected `state` and one django-fsm method per verb.

        The methods only move the state; guards are in the services. Assigning `state` raises, only move() gets by.
        """
        body: dict[str, Any] = {
            "__module__": __name__,
            "__doc__": "States and verbs of a workflow.",
            "Meta": type("Meta", (), {"abstract": True}),
            "WORKFLOW": self,
            "state": FSMField(
                "状态", max_length=20, choices=self.states.choices, default=self.initial, protected=True, editable=False
            ),
        }
        for entry in self.transitions:
            body[entry.verb] = transition(field="state", source=list(entry.sources), target=entry.target)(_verb(entry))
        return type("Machine", (FSMModelMixin, models.Model), body)


def _verb(entry: Transition) -> Callable[[Any], None]:
    def verb(self: Any) -> None:
        """Moves the state; called by common.workflow.move() only."""

    verb.__name__ = entry.verb
    return verb


class StateChange(Record):
    """A transition that happened: nobody can edit it. Concrete tables add `subject` with related_name "changes"."""

    verb = models.CharField("动作", max_length=30)
    source = models.CharField("自", max_length=20)
    target = models.CharField("到", max_length=20)
    reason = models.CharField("理由", max_length=500, blank=True)
    on_version = models.PositiveIntegerField("稿次", null=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    actor_name = models.CharField("办理人", max_length=80)
    at = models.DateTimeField("时间")

    class Meta(Record.Meta):
        abstract = True
        ordering = ["pk"]


def demand_open(subject: Any, verb: str, *, because: str = "") -> None:
    """Refuse with a sentence where the state does not admit the verb; `because` may add what the state means here."""
    workflow: Workflow = subject.WORKFLOW
    if can_proceed(getattr(subject, verb)):
        return
    entry = workflow.by_verb(verb)
    admitted = "、".join(workflow.states(state).label for state in entry.sources)
    hint = because or f"只有「{admitted}」的才能{entry.label}。"
    raise Refused(f"「{subject}」现在是「{subject.get_state_display()}」，不能{entry.label}。{hint}")


def move(
    subject: Any, verb: str, *, actor: Actor, reason: str = "", on_version: int | None = None, because: str = ""
) -> None:
    """Carry out one transition of a row that the service holds locked, and write who, when, from, to, why.

    Refuses as demand_open() does.
    """
    demand_open(subject, verb, because=because)
    method = getattr(subject, verb)
    source = subject.state
    method()
    subject.save(update_fields=["state"])
    subject.changes.create(
        committee=actor.committee,
        verb=verb,
        source=source,
        target=subject.state,
        reason=reason,
        on_version=on_version,
        person=actor.person,
        actor_name=str(actor)[:80],
        at=clock.now(),
    )
