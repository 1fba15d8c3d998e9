"""The front page."""

from django.urls import path

from desk.workbench import views

urlpatterns = [path("", views.workbench, name="workbench")]
