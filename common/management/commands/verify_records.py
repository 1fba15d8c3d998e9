"""Walks every committee's chain and every stored file: is anything edited, missing, inserted or swapped?"""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common.files.models import StoredFile
from common.files.store import damage_of
from common.records.chain import first_break
from common.records.models import ChainHead, ChainRecord
from common.tenancy.models import Committee
from common.tenancy.scope import committee_scope

AT_ONCE = 200


class Command(BaseCommand):
    help = "核验存证和文件：逐号重算存证链，逐个重算文件摘要。全部无误才以 0 退出。"

    def handle(self, *args: Any, **options: Any) -> None:
        troubles = 0
        for committee in Committee.objects.order_by("pk"):
            with committee_scope(committee.pk):
                found = list(_troubles())
                records, files = ChainRecord.objects.count(), StoredFile.objects.count()
            for sentence in found:
                self.stdout.write(f"{committee}：{sentence}")
            self.stdout.write(f"{committee}：存证 {records} 条，文件 {files} 个，{len(found) or '没有'}问题。")
            troubles += len(found)
        if troubles:
            raise CommandError(f"共 {troubles} 处问题。请立即保全数据库、数据目录和最近的备份，报单位负责人处理。")


def _troubles() -> Iterator[str]:
    """What is wrong with the committee in scope, in whole sentences."""
    head = ChainHead.objects.get()
    records = ChainRecord.objects.order_by("seq").iterator(chunk_size=AT_ONCE)
    if found := first_break(records, head.seq, head.digest):
        yield found.reason
    for stored in StoredFile.objects.order_by("pk").iterator(chunk_size=AT_ONCE):
        if words := damage_of(stored):
            yield f"文件「{stored.name}」（{stored.stored_at:%Y-%m-%d} 存入）{words}。"
