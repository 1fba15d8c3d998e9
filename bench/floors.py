"""What the least possible costs on this machine: views without middleware, login or rules."""

from pathlib import Path

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine

from agenda.items.models import Item
from common import clock
from common.numbers.models import NumberSeries
from common.outbox.models import Event
from common.tenancy.scope import current_committee_id

_TEMPLATE = Engine(dirs=[str(Path(__file__).parent / "templates")]).get_template("floor.html")


def rows(request: HttpRequest, count: int) -> HttpResponse:
    """`count` joined rows rendered by a Django template."""
    items = Item.objects.select_related("unit", "matter_kind", "leader").order_by("-pk")[:count]
    return HttpResponse(_TEMPLATE.render(Context({"items": items})))


def lock_and_insert(request: HttpRequest) -> HttpResponse:
    """A bare POST: lock a row, insert a row, commit."""
    with transaction.atomic():
        series = NumberSeries.objects.select_for_update().order_by("pk").first()
        Event.objects.create(
            committee_id=current_committee_id(),
            kind="bench",
            subject_kind="common.numberseries",
            subject_id=series.pk,
            at=clock.now(),
        )
    return HttpResponse(b"ok")
