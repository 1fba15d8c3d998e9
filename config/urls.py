"""Every app names its own addresses; the workbench is the front page."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from common.web.style_page import style

handler400 = "common.web.errors.bad_request"
handler403 = "common.web.errors.forbidden"
handler404 = "common.web.errors.not_found"
handler500 = "common.web.errors.server_error"

urlpatterns: list[URLResolver | URLPattern] = [
    path("", include("common.urls")),
    path("", include("desk.urls")),
    path("", include("committee.urls")),
    path("", include("agenda.urls")),
    path("", include("decisions.urls")),
    path("", include("oversight.urls")),
]
if settings.MODE in {"demo", "test"}:
    urlpatterns.append(path("style/", style, name="style"))
