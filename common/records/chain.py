"""Writes and checks the hash chain of a committee."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from common import clock
from common.identity.actor import Actor
from common.records.canonical import canonical_bytes, link_digest, sha256_hex
from common.records.models import ChainHead, ChainRecord

GENESIS = "0" * 64


def seal(schema: str, subject: models.Model, payload: dict[str, Any], *, actor: Actor) -> ChainRecord:
    """Append a record and return it; must run inside the service's transaction, after all other locks.

    `schema` is "name/version"; `payload` takes str, int, bool, None, date, datetime, Decimal, list, dict.
    Who and when are added under "sealed", so they are part of the digested bytes.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("seal() belongs inside a service's transaction")
    moment = clock.now()
    sealed = {"at": moment, "person": actor.person.pk, "name": str(actor), "source": actor.source}
    data = canonical_bytes({**payload, "sealed": sealed})
    label = f"{subject._meta.label_lower}/{subject.pk}"
    head = _locked_head(actor)
    seq, payload_digest = head.seq + 1, sha256_hex(data)
    record = ChainRecord.objects.create(
        committee=actor.committee,
        seq=seq,
        schema=schema,
        subject=label,
        payload=data,
        payload_digest=payload_digest,
        predecessor=head.digest,
        digest=link_digest(head.digest, seq, schema, label, payload_digest),
        recorded_at=moment,
    )
    head.seq, head.digest = seq, record.digest
    head.save(update_fields=["seq", "digest"])
    return record


def _locked_head(actor: Actor) -> ChainHead:
    """The chain's end, locked until the transaction ends; the first record of a committee makes it."""
    heads = ChainHead.objects.select_for_update().filter(committee=actor.committee)
    if (head := heads.first()) is None:
        ChainHead.objects.get_or_create(committee=actor.committee)
        head = heads.get()
    return head


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not hold."""

    seq: int
    reason: str


def first_break(records: Iterable[ChainRecord], head_seq: int, head_digest: str) -> Break | None:
    """Walk a chain in order of seq and name the first edited, missing or inserted link; None where all holds."""
    expected, predecessor = 1, GENESIS
    for record in records:
        if record.seq != expected:
            return Break(expected, f"第 {expected} 号存证缺失，接下来是第 {record.seq} 号。")
        if sha256_hex(bytes(record.payload)) != record.payload_digest:
            return Break(expected, f"第 {expected} 号存证的原文与摘要不符，原文被改动。")
        if record.predecessor != predecessor:
            return Break(expected, f"第 {expected} 号存证不接在第 {expected - 1} 号之后，此处有插入或替换。")
        if link_digest(predecessor, record.seq, record.schema, record.subject, record.payload_digest) != record.digest:
            return Break(expected, f"第 {expected} 号存证的摘要与内容不符，记录被改动。")
        expected, predecessor = expected + 1, record.digest
    if head_seq != expected - 1 or head_digest != predecessor:
        return Break(expected, f"存证到第 {expected - 1} 号为止，而登记的末号是第 {head_seq} 号，末尾有缺失。")
    return None
