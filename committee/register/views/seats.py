"""One seat: given, ended, voided, its states; and how many places a body has."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from committee.bodies.models import Body, Seat, SeatState
from committee.bodies.questions import body_on
from committee.register.forms import EndForm, PlacesForm, SeatForm, SeatStateForm, VoidForm
from committee.register.policies import demand_keeper, may_keep_register
from committee.register.services.keep_seat_states import end_seat_state, set_seat_state, void_seat_state
from committee.register.services.keep_seats import end_seat, seat_person, void_seat
from committee.register.services.set_places import set_places
from common import clock
from common.web.acts import Question, write_page
from common.web.formats import cn_full_date
from common.web.request import ActorRequest


@require_GET
def seat(request: ActorRequest, pk: int) -> HttpResponse:
    """A seat with its states and the seats the same person had before."""
    found = _seat(pk)
    others = found.person.seats.exclude(pk=found.pk).select_related("body", "term").order_by("-valid_from")
    return render(
        request,
        "committee/register/seat.html",
        {
            "seat": found,
            "states": found.states.order_by("-valid_from"),
            "others": others,
            "may_keep": may_keep_register(request.actor),
        },
    )


def add(request: ActorRequest, pk: int) -> HttpResponse:
    """A person into a body."""
    body = get_object_or_404(Body.objects.all(), pk=pk)
    demand_keeper(request.actor)
    back = reverse("committee:body", args=[pk])
    return write_page(
        request,
        SeatForm(request.POST or None, body=body, initial={"valid_from": clock.today()}),
        lambda data: seat_person(actor=request.actor, body=body, **_rank(data)),
        title=f"增加{body}席位",
        label="登记席位",
        note="从任职日起计入；同一会议机构一人一席，书记一位。",
        back=back,
        crumbs=[("组织", reverse("committee:overview")), (str(body), back)],
        done="席位已登记。",
    )


def end(request: ActorRequest, pk: int) -> HttpResponse:
    """The last day of a seat."""
    found = _seat(pk)
    demand_keeper(request.actor)
    return write_page(
        request,
        EndForm(request.POST or None),
        lambda data: end_seat(actor=request.actor, seat=found, last_day=data["valid_to"]),
        title=f"{found.person}离任",
        label="写止日",
        note=f"{found.body}{found.get_kind_display()}，{cn_full_date(found.valid_from)}任职",
        **_of_seat(found),
        done="止日已登记。",
        ask=lambda data: _ending(found, data["valid_to"]),
    )


def void(request: ActorRequest, pk: int) -> HttpResponse:
    """A seat that was entered by mistake."""
    found = _seat(pk)
    demand_keeper(request.actor)
    return write_page(
        request,
        VoidForm(request.POST or None),
        lambda data: void_seat(actor=request.actor, seat=found, reason=data["reason"]),
        title=f"作废{found.person}的席位",
        label="作废",
        **_of_seat(found),
        done="席位已作废。",
        ask=lambda data: Question(
            f"{found.person}在{found.body}的席位将作废，从来没有算数过；连同席位上的状态。作废后不能恢复，只能重新登记。",
            [("任职日", cn_full_date(found.valid_from)), ("理由", data["reason"])],
        ),
    )


def state(request: ActorRequest, pk: int) -> HttpResponse:
    """挂职, 停职, 长期请假."""
    found = _seat(pk)
    demand_keeper(request.actor)
    return write_page(
        request,
        SeatStateForm(request.POST or None, initial={"valid_from": clock.today()}),
        lambda data: set_seat_state(actor=request.actor, seat=found, **data),
        title=f"登记{found.person}的席位状态",
        label="登记状态",
        note=f"{found.body}{found.get_kind_display()}",
        **_of_seat(found),
        done="状态已登记。",
        ask=lambda data: _state_question(found, data),
    )


def state_end(request: ActorRequest, pk: int) -> HttpResponse:
    """The last day of a state."""
    found = get_object_or_404(SeatState.objects.select_related("seat__person", "seat__body"), pk=pk)
    demand_keeper(request.actor)
    return write_page(
        request,
        EndForm(request.POST or None),
        lambda data: end_seat_state(actor=request.actor, state=found, last_day=data["valid_to"]),
        title=f"{found.seat.person}{found.get_kind_display()}到期",
        label="写止日",
        **_of_seat(found.seat),
        done="止日已登记。",
    )


def state_void(request: ActorRequest, pk: int) -> HttpResponse:
    """A state that was entered by mistake."""
    found = get_object_or_404(SeatState.objects.select_related("seat__person", "seat__body"), pk=pk)
    demand_keeper(request.actor)
    return write_page(
        request,
        VoidForm(request.POST or None),
        lambda data: void_seat_state(actor=request.actor, state=found, reason=data["reason"]),
        title=f"作废{found.seat.person}的{found.get_kind_display()}",
        label="作废",
        **_of_seat(found.seat),
        done="状态已作废。",
    )


def places(request: ActorRequest, pk: int) -> HttpResponse:
    """How many places a body has from a day."""
    body = get_object_or_404(Body.objects.all(), pk=pk)
    demand_keeper(request.actor)
    back = reverse("committee:body", args=[pk])
    return write_page(
        request,
        PlacesForm(request.POST or None),
        lambda data: set_places(actor=request.actor, body=body, **data),
        title=f"登记{body}名额",
        label="登记名额",
        note="名额减去在任的，就是缺额；缺额不计入应到。",
        back=back,
        crumbs=[("组织", reverse("committee:overview")), (str(body), back)],
        done="名额已登记。",
    )


def _seat(pk: int) -> Seat:
    return get_object_or_404(Seat.objects.select_related("person", "body", "term"), pk=pk)


def _of_seat(found: Seat) -> dict[str, Any]:
    """Where the pages of a seat lead back to."""
    back = reverse("committee:seat", args=[found.pk])
    body = (str(found.body), reverse("committee:body", args=[found.body_id]))
    return {"back": back, "crumbs": [body, (found.person.name, back)]}


def _rank(data: dict[str, Any]) -> dict[str, Any]:
    """Without a number the row comes last, as the model has it."""
    return {name: value for name, value in data.items() if name != "rank_order" or value}


def _ending(found: Seat, last_day: Any) -> Question:
    """What ending a seat means in numbers."""
    that_day = body_on(found.body, last_day)
    counted = any(member.seat == found and member.counts for member in that_day.members)
    return Question(
        f"{found.person}在{found.body}任职到{cn_full_date(last_day)}，从次日起不再计入应到；席位上的状态同日终止。",
        [("当日应到", f"{that_day.due} 人"), ("离任后", f"{that_day.due - counted} 人")],
    )


def _state_question(found: Seat, data: dict[str, Any]) -> Question:
    """Whether it counts decides every quorum meanwhile, so it is said again."""
    counts = "仍计入应到" if data["counts_in_due"] else "不计入应到"
    until = f"至{cn_full_date(data['valid_to'])}" if data["valid_to"] else "起，直至另行登记"
    label = SeatState.Kind(data["kind"]).label
    return Question(
        f"{found.person}自{cn_full_date(data['valid_from'])}{until}{label}，{counts}。其间的到会人数和票数都按此计算。",
        [("依据", data["basis"])],
    )
