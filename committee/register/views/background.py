"""后台办理: what the program was to do after an event and gave up, for the administrator, who has it tried again."""

from dataclasses import dataclass

from django.apps import apps
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from committee.register.policies import may_manage_accounts
from committee.register.services.retry_handling import retry_handling
from common.outbox.models import Handling
from common.outbox.registry import words_of
from common.web.request import ActorRequest
from common.web.sections import ORGANISATION, section_tabs

A_PAGE = 50


@dataclass(frozen=True)
class Line:
    """One that was given up: what happened, what should have followed, why it did not."""

    handling: Handling

    @property
    def about(self) -> str:
        """议题 12: its title is not the administrator's to see."""
        event = self.handling.event
        try:
            return f"{apps.get_model(event.subject_kind)._meta.verbose_name} {event.subject_id}"
        except LookupError:
            return f"{event.subject_kind} {event.subject_id}"

    @property
    def does(self) -> str:
        return words_of(self.handling.handler)

    @property
    def why(self) -> str:
        return self.handling.error.partition("\n")[0]

    @property
    def raw(self) -> str:
        """The event, the handler and the error by the program's own names, for who keeps the program."""
        error = self.handling.error.partition("\n")[2]
        return "\n".join(filter(None, (f"{self.handling.event.kind} → {self.handling.handler}", error)))


@require_GET
def handlings(request: ActorRequest) -> HttpResponse:
    """The newest first; how many still wait beside it."""
    _manager(request)
    failed = Handling.objects.filter(state=Handling.State.FAILED).select_related("event").order_by("-pk")
    page = Paginator(failed, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [Line(handling) for handling in page.object_list],
        "waiting": Handling.objects.filter(state=Handling.State.WAITING).count(),
        "section": section_tabs(ORGANISATION, request.actor),
    }
    return render(request, "committee/register/handlings.html", context)


@require_POST
def retry(request: ActorRequest, pk: int) -> HttpResponse:
    """重试."""
    _manager(request)
    handling = get_object_or_404(Handling.objects.all(), pk=pk)
    retry_handling(actor=request.actor, handling=handling)
    messages.success(request, "已交后台重试，一分钟内见结果。")
    return redirect("committee:handlings")


def _manager(request: ActorRequest) -> None:
    """To all but administrators the page does not exist."""
    if not may_manage_accounts(request.actor):
        raise Http404
