"""Enters terms (届) and lengthens them."""

from datetime import date

from committee.bodies.models import Term
from committee.register.entering import check, enter
from committee.register.policies import demand_keeper
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from common.web.formats import cn_full_date


@service
def add_term(*, actor: Actor, number: int, starts_on: date, ends_on: date) -> Term:
    """Enter a 届; terms follow each other and do not overlap."""
    demand_keeper(actor)
    for other in Term.objects.all():
        if starts_on <= other.last_day and ends_on >= other.starts_on:
            days = f"{cn_full_date(other.starts_on)}至{cn_full_date(other.last_day)}"
            raise Refused(f"与{other}（{days}）的日期重叠，请核对起始日和届满日。", field="starts_on")
    return enter(
        actor, "add_term", Term(committee=actor.committee, number=number, starts_on=starts_on, ends_on=ends_on)
    )


@service
def extend_term(*, actor: Actor, term: Term, extended_to: date, basis: str) -> Term:
    """延期换届: a later last day with its basis. Seats that stand go on by themselves."""
    term = Term.objects.select_for_update().get(pk=term.pk)
    demand_keeper(actor)
    if not basis.strip():
        raise Refused("延期换届须写明批准的依据。", field="basis")
    if extended_to <= term.last_day:
        raise Refused(f"延期后的届满日须在 {cn_full_date(term.last_day)} 之后。", field="extended_to")
    if later := Term.objects.filter(starts_on__gt=term.starts_on, starts_on__lte=extended_to).first():
        raise Refused(f"{later}自 {cn_full_date(later.starts_on)} 起，延期不能越过它。", field="extended_to")
    term.extended_to, term.extension_basis = extended_to, basis.strip()
    check(term)
    term.save(update_fields=["extended_to", "extension_basis"])
    audit(actor, "extend_term", term, extended_to=extended_to.isoformat(), basis=term.extension_basis)
    return term
