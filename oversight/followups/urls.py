"""Addresses of follow-ups."""

from django.urls import path

from oversight.followups import views

urlpatterns = [
    path("follow-ups/", views.follow_ups, name="follow_ups"),
    path("follow-ups/<int:pk>/", views.follow_up_detail, name="follow_up_detail"),
]
