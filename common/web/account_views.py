"""Signing in and out, whom one acts for, one's password, large type."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from common import clock
from common.audit.log import audit
from common.identity.models import ActingFor
from common.services import service
from common.web.request import ActorRequest
from common.web.slots import fillings


class SignIn(LoginView):
    template_name = "common/login.html"
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """POST only."""

    next_page = "/login/"


@service
def change_password(*, actor: object, form: PasswordChangeForm) -> None:
    account = form.save()
    account.must_change_password = False
    account.save(update_fields=["must_change_password"])
    audit(actor, "change_password", account, label=account.username)  # type: ignore[arg-type]


def password_change(request: ActorRequest) -> HttpResponse:
    """One's own password; other sessions of the login end with it."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid() and request.actor:
        change_password(actor=request.actor, form=form)
        update_session_auth_hash(request, form.user)
        messages.success(request, "密码已修改。")
        return redirect("/")
    return render(request, "common/password_change.html", {"form": form})


def choose_person(request: ActorRequest) -> HttpResponse:
    """Whom this login acts for now; what other committees ask of it, and the way out of what was accepted."""
    standing = (
        ActingFor.everywhere.on(clock.today())
        .filter(account=request.user)
        .select_related("person", "committee")
        .order_by("committee_id", "kind", "pk")
    )
    if request.method == "POST":
        wanted = request.POST.get("acting", "")
        acting = get_object_or_404(standing, pk=wanted if wanted.isdecimal() else 0)
        request.session["acting"] = acting.pk
        return redirect("/")
    own = fillings("own_login", actor=request.actor, subject=request.user)
    ends = {pk: url for one in own for pk, url in one.ends.items()}
    page = {
        "choices": [(acting, ends.get(acting.pk, "")) for acting in standing],
        "offers": [offer for one in own for offer in one.offers],
    }
    return render(request, "common/choose_person.html", page)


@require_POST
def large_type(request: ActorRequest) -> HttpResponse:
    """The large-type switch; it belongs to the login and so survives it."""
    request.user.large_type = not request.user.large_type
    request.user.save(update_fields=["large_type"])
    back = request.POST.get("next", "/")
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/")


@require_GET
def healthz(request: ActorRequest) -> JsonResponse:
    """For the container's health check: the database answers."""
    ActingFor.everywhere.exists()
    return JsonResponse({"ok": True})
