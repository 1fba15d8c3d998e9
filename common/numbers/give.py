"""Gives and cancels numbers inside the transaction of the service that needs them."""

from common import clock
from common.identity.actor import Actor
from common.numbers.models import IssuedNumber, NumberSeries


def give_number(kind: str, year: int, subject: str, *, actor: Actor) -> IssuedNumber:
    """The next number of this kind and year. Rolled back with the transaction, so no silent gap can arise."""
    series, _ = NumberSeries.objects.get_or_create(committee=actor.committee, kind=kind, year=year)
    series = NumberSeries.objects.select_for_update().get(pk=series.pk)
    series.last += 1
    series.save(update_fields=["last"])
    return IssuedNumber.objects.create(
        committee=actor.committee,
        kind=kind,
        year=year,
        number=series.last,
        issued_at=clock.now(),
        subject=subject[:200],
    )


def start_series_at(kind: str, year: int, last: int, *, actor: Actor) -> None:
    """Take over an office's running count (numbers up to `last` were given on paper); never lowers it."""
    series, _ = NumberSeries.objects.get_or_create(committee=actor.committee, kind=kind, year=year)
    NumberSeries.objects.filter(pk=series.pk, last__lt=last).update(last=last)


def cancel_number(issued: IssuedNumber, reason: str) -> None:
    """A number given and not used stays visible as cancelled."""
    issued.cancelled_at = clock.now()
    issued.cancel_reason = reason
    issued.save(update_fields=["cancelled_at", "cancel_reason"])
