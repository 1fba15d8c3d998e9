"""Signing in and out, whom one acts for, one's password, large type."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from common import clock
from common.audit.log import audit, audit_login
from common.audit.models import AuditEntry
from common.identity.models import Account, ActingFor, ActingOffer
from common.services import service
from common.web.address import client_address
from common.web.request import ActorRequest
from common.web.slots import fillings

ENDED = {
    "idle": f"您有 {settings.SESSION_IDLE_SECONDS // 60} 分钟没有操作，已经退出。自动保存过的都在，登录后回到原处。",
    "long": "这次登录已满八小时，已经退出。自动保存过的都在，登录后回到原处。",
}


class SignIn(LoginView):
    """Every signing in is logged; offers of other committees are mentioned once, where they can be answered."""

    template_name = "common/login.html"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        answer = super().form_valid(form)
        account = form.get_user()
        audit_login(account, "sign_in", _source(self.request))
        if ActingOffer.everywhere.filter(username=account.username, closed_at=None).exists():
            messages.info(self.request, "有党委请您的账号代表其人员办理，请点右上角「换人办理」答复。")
        return answer

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        return super().get_context_data(**given) | {"ended": ENDED.get(self.request.GET.get("ended", ""), "")}


class SignOut(LogoutView):
    """POST only."""

    next_page = "/login/"

    def post(self, request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        if request.user.is_authenticated:
            audit_login(request.user, "sign_out", _source(request))
        return super().post(request, *args, **given)


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """What django-axes answers after too many wrong passwords; logged once for each lock, from one address."""
    username = (credentials or {}).get("username") or request.POST.get("username", "")
    account = Account.objects.filter(username=username).select_related("home").first()
    source = _source(request)
    since = clock.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    if (
        account
        and not AuditEntry.everywhere.filter(
            committee=account.home,
            subject_kind=account._meta.label_lower,
            subject_id=account.pk,
            at__gte=since,
            verb="locked_out",
            source=source,
        ).exists()
    ):
        audit_login(account, "locked_out", source)
    return render(request, "common/login_locked.html", status=429)


def _source(request: HttpRequest) -> str:
    return f"网页 {client_address(request)}"


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
