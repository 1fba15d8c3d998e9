"""Addresses of the hall that every page of it follows."""

from django.urls import path

from decisions.hall import views

urlpatterns = [path("meetings/<int:pk>/pulse/", views.pulse, name="meeting_pulse")]
