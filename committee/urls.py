"""Addresses of the floor; each subject names its own."""

from django.urls import include, path

app_name = "committee"
urlpatterns = [
    path("", include("committee.register.urls")),
    path("", include("committee.division.urls")),
]
