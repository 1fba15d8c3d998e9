"""The program's addresses and the style page, whatever the mode."""

from django.urls import include, path

from common.web.style_page import style

handler404 = "common.web.errors.not_found"
urlpatterns = [path("look/", style), path("", include("config.urls"))]
