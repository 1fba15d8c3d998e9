"""From a form to one service: a refusal stands at the form; what is final is repeated in words before it is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from common.services import Refused

CONFIRMED = "confirmed"
Crumbs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Question:
    """What is asked before something final: the sentence, and what it rests on as (label, value)."""

    sentence: str
    facts: Sequence[tuple[str, Any]] = ()


def tried(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """Carry out one service; a refusal stands at the form, so that nothing typed is lost."""
    try:
        act()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True


def write_page(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    label: str,
    back: str,
    done: str | Callable[[Any], str],
    crumbs: Crumbs = (),
    note: str = "",
    why_not: str = "",
    ask: Callable[[dict[str, Any]], Question] | None = None,
    to: Callable[[Any], str] | None = None,
    template: str = "common/form.html",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """A page of one form and one service; `ask` makes the question where the act is final.

    `note` says what the act means; `why_not` why it cannot be done now, and then stands in the form's place; `done` is
    the sentence afterwards, or makes it from what the service returned; `to` gives the page to go on to from that,
    else `back`. `template` is for forms with an order of their own, `context` what it takes besides.
    """
    status = 200
    if request.method == "POST" and form.is_valid():
        if ask and CONFIRMED not in request.POST:
            return ask_first(request, ask(form.cleaned_data), title=title, label=label, back=back)
        made: list[Any] = []
        if tried(form, lambda: made.append(act(form.cleaned_data))):
            messages.success(request, done(made[0]) if callable(done) else done)
            return redirect(to(made[0]) if to else back)
        status = 409
    page = {
        "form": form,
        "title": title,
        "label": label,
        "back": back,
        "crumbs": crumbs,
        "note": note,
        "why_not": why_not,
    }
    return render(request, template, page | (context or {}), status=status)


def ask_first(request: HttpRequest, question: Question, *, title: str, label: str, back: str) -> HttpResponse:
    """What will be done, in words; sends the same fields again to the same address with the mark of consent."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    page = {
        "title": title,
        "sentence": question.sentence,
        "facts": question.facts,
        "label": label,
        "back": back,
        "kept": [*((name, value) for name, value in fields if name != "csrfmiddlewaretoken"), (CONFIRMED, "1")],
    }
    return render(request, "common/confirm.html", page)
