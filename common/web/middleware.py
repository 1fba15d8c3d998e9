"""Who asks, for which committee; and how refusals of the services become answers."""

from collections.abc import Callable

from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from common import clock
from common.identity.actor import Actor
from common.identity.models import Account, ActingFor
from common.services import Refused
from common.tenancy.scope import committee_scope
from common.web.address import client_address
from common.web.session import OPEN_PATHS, to_login

Answer = Callable[[HttpRequest], HttpResponse]
BUSY = "另一处的改动与此冲突，没有写入。请刷新后核对再试。"
# deadlock_detected, serialization_failure: of two at once PostgreSQL let one go on; the other's transaction is undone.
GAVE_WAY = ("40P01", "40001")


class ActorMiddleware:
    """Everything but the login pages is for people who are known: sets request.actor and the committee in scope.

    One login may act for several persons; the session remembers the chosen one, and it is asked anew each time
    whether the right still stands on this day.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        if request.path.startswith(OPEN_PATHS):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return to_login(request)
        acting = self._acting(request, request.user)
        if acting is None:
            if request.path.startswith("/account/"):
                return self.get_response(request)
            return redirect("common:choose_person")
        request.actor = Actor(  # type: ignore[attr-defined]
            committee=acting.committee,
            person=acting.person,
            account=request.user,
            by_staff=acting.kind == ActingFor.Kind.STAFF,
            source=f"网页 {client_address(request)}",
        )
        if request.user.must_change_password and not request.path.startswith("/account/"):
            return redirect("common:password_change")
        with committee_scope(acting.committee_id):
            return self.get_response(request)

    @staticmethod
    def _acting(request: HttpRequest, account: Account) -> ActingFor | None:
        """The chosen right to act, or the only one; None where a choice is to be made or none stands."""
        standing = (
            ActingFor.everywhere.on(clock.today())
            .filter(account=account)
            .select_related("person", "committee")
            .order_by("kind", "pk")
        )
        chosen = request.session.get("acting")
        if chosen is not None:
            return standing.filter(pk=chosen).first()
        rows = list(standing[:2])
        if len(rows) == 1:
            return rows[0]
        return None


class RefusalMiddleware:
    """A Refused that no view took becomes a page (409) that says what is missing; nothing was written."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return render(request, "common/refused.html", {"message": error.message}, status=409)
        if transaction.get_connection().in_atomic_block:
            return None
        if isinstance(error, IntegrityError):
            return render(request, "common/refused.html", {"message": _said_by_database(error)}, status=409)
        if isinstance(error, OperationalError) and _state_of(error) in GAVE_WAY:
            return render(request, "common/refused.html", {"message": BUSY}, status=409)
        return None


def _state_of(error: Exception) -> str:
    """The SQLSTATE that PostgreSQL gave."""
    return getattr(error.__cause__, "sqlstate", None) or ""


def _said_by_database(error: IntegrityError) -> str:
    """The constraint's own Chinese message where it has one."""
    from django.apps import apps

    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return str(constraint.get_violation_error_message())
    return BUSY
