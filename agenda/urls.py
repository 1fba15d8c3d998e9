"""Addresses of the floor; each subject names its own."""

from django.urls import include, path

app_name = "agenda"
urlpatterns = [
    path("", include("agenda.rules.urls")),
    path("", include("agenda.items.urls")),
    path("", include("agenda.meetings.urls")),
]
