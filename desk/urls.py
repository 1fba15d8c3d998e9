"""Addresses of the floor; each subject names its own."""

from django.urls import include, path

app_name = "desk"
urlpatterns = [
    path("", include("desk.workbench.urls")),
    path("", include("desk.search.urls")),
    path("", include("desk.imports.urls")),
]
