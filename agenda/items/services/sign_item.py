"""Sign an item, or return it: the step whose turn it is, by the person who holds that office today."""

from datetime import date
from typing import NamedTuple

from agenda.items.binding import demand_seen
from agenda.items.lines import SignLine
from agenda.items.models import Item, Signature
from agenda.items.services.advance_item import advance_item
from agenda.items.standing import Standing, standing_of
from agenda.items.workflow import ItemState
from common import clock
from common.audit.log import audit
from common.files.models import StoredFile
from common.identity.actor import Actor
from common.identity.models import Person
from common.outbox.registry import emit
from common.records.chain import seal
from common.services import NotAllowed, Refused, demand_in_person, service
from common.workflow import move

APPROVE, RETURN = Signature.Verdict.APPROVE, Signature.Verdict.RETURN


class Paper(NamedTuple):
    """What a signature made on paper brings with it: the day written there, and its scan."""

    signed_on: date
    scan: StoredFile


@service
def sign_item(*, actor: Actor, item: Item, digest: str, verdict: str = APPROVE, opinion: str = "") -> Signature:
    """Sign the version the page showed. The leader's AB角 may sign for him, and the record says for whom.

    A leader who is 停职 does not sign: his AB角 does, else 书记 with a written opinion (agenda/items/offices.py).

    同意 of the last step clears the item; 退回 needs its reason and sends it back to the unit.
    """
    item = Item.objects.locked(item)
    standing, line = demand_turn(item, digest)
    if actor.person not in (line.person, line.backup):
        raise NotAllowed(f"「{item}」{line.sentence}您今天不担任这个职务，不能在这一步签批。")
    demand_in_person(actor, "签批")
    return write_signature(actor, standing, line, actor.person, verdict, opinion)


def demand_turn(item: Item, digest: str, day: date | None = None) -> tuple[Standing, SignLine]:
    """Where the item stands and whose turn it is, today or on the day that was written on paper.

    Refused where another version was shown or nothing is to be signed.
    """
    demand_seen(item, digest)
    standing = standing_of(item, day)
    if item.state != ItemState.SIGNING or standing.turn is None:
        raise Refused(f"「{item}」现在是「{item.get_state_display()}」，没有待签的步骤。{standing.sentence}")
    return standing, standing.turn


def write_signature(
    actor: Actor,
    standing: Standing,
    line: SignLine,
    signer: Person,
    verdict: str,
    opinion: str,
    paper: Paper | None = None,
) -> Signature:
    """Seal the signature and carry out what follows from it; one on screen is given today."""
    if verdict == RETURN and not opinion.strip():
        raise Refused("退回须写明理由，让提报单位知道改什么。", field="opinion")
    item, version = standing.item, standing.item.version
    medium = Signature.Medium.PAPER if paper else Signature.Medium.SCREEN
    signed_on, scan = paper or (clock.today(), None)
    if line.needs_consent and not opinion.strip():
        raise Refused(f"{line.sentence}请写明同意的意见。", field="opinion")
    for_person = line.principal_of(signer)
    payload = {
        "version": version.no,
        "digest": version.digest,
        "step": {"position": line.step.position, "office": line.step.office},
        "verdict": verdict,
        "opinion": opinion.strip(),
        "signer": {"id": signer.pk, "name": signer.name, "post": signer.post_title},
        "for_person": {"id": for_person.pk, "name": for_person.name} if for_person else None,
        "medium": medium.value,
        "signed_on": signed_on,
        "scan": scan.sha256 if scan else None,
    }
    record = seal("signature/1", version, payload, actor=actor)
    signature = Signature.objects.create(
        committee=actor.committee,
        item=item,
        version=version,
        step=line.step,
        verdict=verdict,
        opinion=opinion.strip()[:500],
        signer=signer,
        for_person=for_person,
        digest=version.digest,
        medium=medium,
        scan=scan,
        signed_on=signed_on,
        signed_at=clock.now(),
        record=record,
    )
    audit(actor, "sign_item", item, step=line.step.office, verdict=verdict, version=version.no, medium=medium.value)
    emit("item.signed", item, actor=actor, version=version.no, step=line.step.office, verdict=verdict)
    if verdict == RETURN:
        move(item, "send_back", actor=actor, reason=opinion.strip()[:500], on_version=version.no)
        emit("item.returned", item, actor=actor, version=version.no)
    else:
        advance_item(actor=actor, item=item, standing=standing.with_signature(signature))
    return signature
