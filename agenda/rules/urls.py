"""Addresses of the rules for filing."""

from django.urls import path

from agenda.rules import views

urlpatterns = [
    path("rules/", views.rules, name="rules"),
    path("rules/new/", views.revise, name="rules_new"),
    path("rules/versions/<int:pk>/", views.version, name="rules_version"),
]
