"""Questions about 纪要 and notices; who may see which is decisions.minutes.policies."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef

from committee.bodies.models import Body, Seat
from decisions.minutes.workflow import FROZEN


def chair_sits(day: date) -> Exists:
    """Does who chaired the meeting of a 纪要 still sit in the 常委会 on a day?"""
    seats = Seat.objects.of_body(Body.Kind.STANDING).acting_on(day)
    return Exists(seats.filter(person=OuterRef("meeting__sitting__chair")))


class MinutesQuerySet(models.QuerySet):
    """会议纪要."""

    def with_names(self, day: date) -> Self:
        """With what its title, its signer and its state need, in one query; `chair_sits` on the day."""
        return self.annotate(chair_sits=chair_sits(day)).select_related(
            "meeting__body", "meeting__term", "meeting__term_number", "meeting__sitting__chair",
            "number", "checked_by", "signed_by", "supersedes__number",
        )  # fmt: skip

    def frozen(self) -> Self:
        """Signed, superseded ones too: their number and text stay readable."""
        return self.filter(state__in=FROZEN)

    def newest_first(self) -> Self:
        return self.order_by("-meeting__starts_at", "-pk")


class NoticeQuerySet(models.QuerySet):
    """议定事项通知单."""

    def with_standing(self) -> Self:
        """With `superseded`: a later 纪要 has issued notices on the same entry."""
        same = type(self)(self.model).filter(decision__entry=OuterRef("decision__entry"))
        later = same.filter(minutes__gt=OuterRef("minutes"))
        return self.annotate(superseded=Exists(later))

    def for_list(self) -> Self:
        """With what a line says of it: unit, numbers, its standing, who has taken it over."""
        rows = self.with_standing().select_related("unit", "number", "document", "minutes__number")
        return rows.select_related("receipt__received_by").order_by("pk")

    def not_received(self) -> Self:
        """In force, and nobody of the unit has taken it over."""
        return self.with_standing().filter(superseded=False, receipt__isnull=True)
