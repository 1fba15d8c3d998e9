"""Enter a signature that was made on paper, with its scan."""

from datetime import date

from agenda.items.binding import demand_seen
from agenda.items.models import Item, ItemVersion, Signature
from agenda.items.policies import demand, may_enter_paper
from agenda.items.services.sign_item import APPROVE, Paper, demand_turn, write_signature
from common import clock
from common.audit.log import audit
from common.files.store import store_file
from common.files.types import PDF, content_type_of
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service
from common.web.formats import cn_date, local_day

SCANS = (PDF, "image/png", "image/jpeg")


@service
def enter_paper_signature(
    *,
    actor: Actor,
    item: Item,
    digest: str,
    signer: Person,
    signed_on: date,
    scan: tuple[str, bytes],
    verdict: str = APPROVE,
    opinion: str = "",
) -> Signature:
    """秘书科 enters what was written on the printed sheet of this version; turn and office count as ever.

    `signed_on` is the day written there: who held the office on that day may have signed.
    """
    item = Item.objects.locked(item)
    demand(may_enter_paper(actor))
    _demand_day(signed_on, demand_seen(item, digest))
    standing, _ = demand_turn(item, digest)
    _, line = demand_turn(item, digest, signed_on)
    if signer not in (line.person, line.backup):
        raise Refused(f"「{item}」{line.sentence}扫描件上签字的不是这一步的签字人，不能补录。", field="signer")
    name, data = scan
    if content_type_of(data) not in SCANS:
        raise Refused(f"「{name}」不是扫描件。请上传签过字的那一页的扫描件：PDF、PNG 或 JPG。", field="scan")
    stored = store_file(data, name, actor=actor)
    audit(actor, "enter_paper_signature", item, signer=signer.name, signed_on=str(signed_on), scan=stored.sha256)
    return write_signature(actor, standing, line, signer, verdict, opinion, Paper(signed_on, stored))


def _demand_day(day: date, version: ItemVersion) -> None:
    """Nobody signed a text before it was filed, nor tomorrow; both are legal days."""
    today, filed = clock.today(), local_day(version.submitted_at)
    if day > today:
        raise Refused(f"纸上的签字日{cn_date(day, today)}还没有到。请照纸上写的日期填写。", field="signed_on")
    if day < filed:
        raise Refused(
            f"{version}是{cn_date(filed, today)}呈报的，纸上的签字日{cn_date(day, today)}在它之前。"
            "请核对日期；签在旧稿上的，须请签字人在这一稿上重新签。",
            field="signed_on",
        )
