"""Addresses of the floor; each subject names its own."""

from django.urls import include, path

app_name = "oversight"
urlpatterns = [
    path("", include("oversight.followups.urls")),
]
