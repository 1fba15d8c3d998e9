"""Addresses of the rules of voting."""

from django.urls import path

from decisions.rules import views

urlpatterns = [
    path("rules/voting/", views.rules, name="voting_rules"),
    path("rules/voting/new/", views.revise, name="voting_rules_new"),
    path("rules/voting/draft/drop/", views.drop_draft, name="voting_rules_draft_drop"),
    path("rules/voting/versions/<int:pk>/", views.version, name="voting_rules_version"),
]
