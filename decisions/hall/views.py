"""The pulse of a meeting, asked once a second by every page that follows it: no more than is needed to answer."""

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from agenda.meetings.policies import visible_to
from common.web.request import ActorRequest
from decisions.hall.pulse import token_of


@require_GET
@never_cache
def pulse(request: ActorRequest, pk: int) -> HttpResponse:
    """204 where nothing happened since ?seen=, else the token to ask with next; it says nothing of what happened."""
    if not visible_to(request.actor).filter(pk=pk).exists():
        raise Http404
    now = token_of(pk)
    return HttpResponse(status=204) if request.GET.get("seen") == now else JsonResponse({"seen": now})
