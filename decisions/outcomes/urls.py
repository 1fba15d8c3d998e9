"""Addresses of what was decided."""

from django.urls import path

from decisions.outcomes import views

urlpatterns = [
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/<int:pk>/", views.decision, name="decision"),
    path("meetings/<int:pk>/results/", views.meeting_results, name="meeting_results"),
]
