"""Addresses of a member's own page and of the room's screen."""

from django.urls import path

from decisions.floor import views

urlpatterns = [
    path("meetings/<int:pk>/floor/", views.floor, name="floor"),
    path("meetings/<int:pk>/screen/", views.screen, name="screen"),
    path("entries/<int:pk>/own-stance/", views.own_stance, name="own_stance"),
    path("rounds/<int:pk>/own-vote/", views.own_vote, name="own_vote"),
]
