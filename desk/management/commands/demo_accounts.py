"""Prints the demo's logins."""

from typing import Any

from django.core.management.base import BaseCommand

from common.identity.models import ActingFor
from desk.demo import people


class Command(BaseCommand):
    help = "列出演示账号"

    def handle(self, *args: Any, **options: Any) -> None:
        names = dict(people.ACCOUNTS)
        rows = (
            ActingFor.everywhere.filter(account__username__in=names).select_related("account", "person").order_by("pk")
        )
        for acting in rows:
            self.stdout.write(f"  {acting.account.username:<16}{acting.person.name}　{acting.person.post_title}")
        self.stdout.write(f"  密码都是 {people.PASSWORD}")
