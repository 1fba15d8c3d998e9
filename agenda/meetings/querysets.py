"""Questions about meetings and the entries of their agendas."""

from datetime import date
from typing import Self

from django.db import models

from agenda.meetings.workflow import EntryState, MeetingState


class MeetingQuerySet(models.QuerySet):
    """Meetings; who may see which is agenda.meetings.policies.visible_to()."""

    def with_names(self) -> Self:
        """With what a title needs, in one query."""
        return self.select_related("body", "term", "year_number", "term_number", "chair")

    def coming(self, day: date) -> Self:
        """Not yet held, from this day on, the next one first."""
        return (
            self.with_names()
            .filter(
                state__in=[MeetingState.PLANNED, MeetingState.NOTIFIED, MeetingState.IN_SESSION],
                starts_at__date__gte=day,
            )
            .order_by("starts_at", "pk")
        )

    def newest_first(self) -> Self:
        return self.with_names().order_by("-starts_at", "-pk")


class EntryQuerySet(models.QuerySet):
    """Entries of agendas."""

    def on_agenda(self) -> Self:
        """Those that stand on the agenda, in its order; removed ones have no place."""
        return self.exclude(state=EntryState.REMOVED).order_by("position", "pk")
