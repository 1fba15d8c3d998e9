"""Handlers register for kinds of events when their app starts; emit() writes, a worker carries out."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import models, transaction

from common import clock
from common.identity.actor import Actor
from common.outbox.models import Event, Handling

Handler = Callable[[Event], None]
_handlers: dict[str, dict[str, Handler]] = defaultdict(dict)
_words: dict[str, str] = {}


def handles(kind: str, words: str = "") -> Callable[[Handler], Handler]:
    """Register a function for events of this kind; its dotted name is its identity, so renaming it starts anew.

    A handler runs in a transaction of its own together with the mark that it is done, and must be safe to be
    tried again after a failure. `words` say in Chinese what it does, for the page of what failed.
    """

    def register(handler: Handler) -> Handler:
        name = f"{handler.__module__}.{handler.__qualname__}"
        _handlers[kind][name] = handler
        _words[name] = words
        return handler

    return register


def words_of(name: str) -> str:
    """What a handler does, in words; its name where nobody said, or where it is gone."""
    return _words.get(name) or name


def handler_named(kind: str, name: str) -> Handler | None:
    return _handlers[kind].get(name)


def emit(kind: str, subject: models.Model, *, actor: Actor, **payload: Any) -> Event:
    """Write the event and what is to be handled in the running transaction, and wake a worker after commit."""
    event = Event.objects.create(
        committee=actor.committee,
        kind=kind,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        payload=payload,
        at=clock.now(),
    )
    names = list(_handlers[kind])
    Handling.objects.bulk_create(Handling(committee=actor.committee, event=event, handler=name) for name in names)
    if names:
        transaction.on_commit(wake)
    return event


def wake() -> None:
    """Ask a worker to sweep; call on commit."""
    from common.outbox.tasks import sweep

    try:
        sweep.apply_async(retry=False)
    except sweep.OperationalError:
        # Redis is away: beat's sweep a minute later finds the rows, nothing is lost.
        return
