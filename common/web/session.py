"""How long one stays signed in: so long at a stretch, and no longer than so long without doing anything."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from common import clock
from common.audit.log import audit_login
from common.web.address import client_address

Answer = Callable[[HttpRequest], HttpResponse]
OPEN_PATHS = ("/static/", "/login/", "/logout/", "/healthz/")
BEGAN, SEEN = "began", "seen"
# The session is a row in the database: it is written again only when so many seconds have passed.
NOTED_EVERY = 300


class SessionEndMiddleware:
    """Ends a session that nobody has used for settings.SESSION_IDLE_SECONDS, or that began SESSION_COOKIE_AGE ago.

    By the machine's clock, as the cookie and the session's own end; what is typed is saved as one types, and the login
    page leads back to where one was.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OPEN_PATHS) or not request.user.is_authenticated:
            return self.get_response(request)
        if why := _over(request.session):
            audit_login(request.user, "sign_out", f"网页 {client_address(request)}", because=why)
            logout(request)
            return to_login(request, ended=why)
        return self.get_response(request)


def to_login(request: HttpRequest, **said: str) -> HttpResponse:
    """The login page, which leads back here; from what was sent, to the page it was sent from."""
    query = urlencode({"next": _way_back(request)} | said, safe="/")
    return redirect(f"{reverse(settings.LOGIN_URL)}?{query}")


def begin(session: SessionBase) -> None:
    """From now on it counts."""
    session[BEGAN] = session[SEEN] = _machine_seconds()


def begin_with_login(request: HttpRequest, **_: Any) -> None:
    """Receiver of Django's signal, so that no second write of the session is needed."""
    begin(request.session)


def _machine_seconds() -> int:
    return int(clock.machine_now().timestamp())


def _over(session: SessionBase) -> str:
    """Why the session is over, in a word; empty while it goes on, and that is noted now and then."""
    now = _machine_seconds()
    began, seen = session.get(BEGAN), session.get(SEEN)
    if began is None or seen is None:
        begin(session)
        return ""
    if now - seen > settings.SESSION_IDLE_SECONDS:
        return "idle"
    if now - began > settings.SESSION_COOKIE_AGE:
        return "long"
    if now - seen > NOTED_EVERY:
        session[SEEN] = now
    return ""


def _way_back(request: HttpRequest) -> str:
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    sent_from = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(sent_from, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(sent_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
