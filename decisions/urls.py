"""Addresses of the floor; each subject names its own."""

from django.urls import include, path

app_name = "decisions"
urlpatterns = [
    path("", include("decisions.rules.urls")),
    path("", include("decisions.hall.urls")),
    path("", include("decisions.ballots.urls")),
    path("", include("decisions.outcomes.urls")),
    path("", include("decisions.floor.urls")),
    path("", include("decisions.console.urls")),
    path("", include("decisions.minutes.urls")),
]
