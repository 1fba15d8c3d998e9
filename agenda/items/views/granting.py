"""Single grants on one item: to read it, or to conclude one check in the reviewer's place; both with an end."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from agenda.items.forms import GrantForm
from agenda.items.models import Item, ItemGrant
from agenda.items.policies import READ, demand, may_delegate_review, may_grant_reading
from agenda.items.services.grant_reading import delegate_review, end_grant, grant_reading
from agenda.items.standing import standing_of
from agenda.items.views.file import item_or_404
from common import clock
from common.identity.models import Person
from common.services import Refused
from common.web.acts import tried
from common.web.request import ActorRequest

USUAL_DAYS = 30


@require_http_methods(["GET", "POST"])
def grants(request: ActorRequest, pk: int) -> HttpResponse:
    """Who may read this item besides those whose hands it passes."""
    item = item_or_404(request, pk)
    demand(may_grant_reading(request.actor, item))

    def give(person: Person, until: date) -> None:
        if grant_reading(actor=request.actor, item=item, persons=[person], until=until):
            raise Refused(f"{person.name}没有登录账号，请先由系统管理员开通，或者送阅纸质件。", field="person")

    words = {
        "title": "授权查阅",
        "label": "授权查阅",
        "note": "能看呈报单、材料、前置意见和签批，不能办理。到期自动收回。",
        "none": "没有另外授权",
        "none_note": "经手的单位、领导、审核人和区委办不用授权就能看。",
        "done": "现在可以查阅了。",
    }
    return _grants_page(request, item, READ, give, words)


@require_http_methods(["GET", "POST"])
def delegate(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """Somebody concludes one check of this item in the reviewer's place."""
    item = item_or_404(request, pk)
    line = standing_of(item).check(kind)
    if line is None:
        raise Http404
    demand(may_delegate_review(request.actor, item, line.rule))

    def give(person: Person, until: date) -> None:
        delegate_review(actor=request.actor, item=item, kind=kind, person=person, until=until)

    words = {
        "title": f"委托他人代审{line.label}",
        "label": "委托代审",
        "note": f"只能对这件议题作{line.label}的结论，记录写明由谁作出。到期自动收回。",
        "none": "没有委托代审",
        "none_note": f"{line.label}由{line.who}办理。",
        "done": "现在可以代审了。",
    }
    return _grants_page(request, item, f"review_{kind}", give, words)


def _grants_page(
    request: ActorRequest, item: Item, permission: str, give: Callable[[Person, date], Any], words: dict[str, str]
) -> HttpResponse:
    if request.method == "POST" and request.POST.get("end", "").isdecimal():
        person = get_object_or_404(Person, pk=request.POST["end"])
        end_grant(actor=request.actor, item=item, persons=[person], permission=permission)
        messages.success(request, f"已收回{person.name}的授权。")
        return redirect(request.path)
    people = Person.objects.current().by_post()
    form = GrantForm(request.POST or None, people=people, until=clock.today() + timedelta(days=USUAL_DAYS))
    if request.method == "POST" and form.is_valid():
        person = get_object_or_404(Person, pk=form.cleaned_data["person"])
        if tried(form, lambda: give(person, form.cleaned_data["until"])):
            messages.success(request, f"{person.name}{words['done']}")
            return redirect(request.path)
    context = {"item": item, "form": form, "words": words, "rows": _given(item, permission)}
    return render(request, "agenda/items/grants.html", context)


def _given(item: Item, permission: str) -> list[tuple[Person, ItemGrant]]:
    """The persons who hold a grant that has not ended, whatever has become of their logins."""
    held = ItemGrant.objects.filter(content_object=item, permission__codename=permission, until__gte=clock.today())
    given = {grant.person: grant for grant in held.select_related("person", "granted_by")}
    return sorted(given.items(), key=lambda one: (one[0].rank_order, one[0].pk))
