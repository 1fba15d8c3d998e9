"""Gives somebody a login from the command line: how the first person of a new committee gets in."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from committee.register.services.keep_accounts import open_account
from committee.roles.models import Role, RoleAssignment
from common import clock
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused
from common.tenancy.models import Committee
from common.tenancy.naming import committees_called, committees_known
from common.tenancy.scope import committee_scope

BYTES_OF_CHANCE = 9  # twelve signs that nobody guesses; they are changed at the first use


class Command(BaseCommand):
    help = "给人员开通登录：新建的党委先给系统管理员开通，其余的人由他在网页上办理。初始密码只显示这一次。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="登录名")
        parser.add_argument("--committee", default="", metavar="名称", help="哪个党委；只有一个时不必写")
        parser.add_argument("--person", default="", metavar="姓名", help="给谁；不写则给系统管理员")

    def handle(self, *args: Any, **options: Any) -> None:
        committee = _committee(options["committee"])
        with committee_scope(committee.pk):
            keeper = RoleAssignment.objects.holders(Role.ADMINISTRATOR, clock.today()).first()
            if keeper is None:
                raise CommandError(f"{committee}没有系统管理员，不知道以谁的名义开通。请先登记。")
            person = _person(options["person"]) if options["person"] else keeper.person
            password = secrets.token_urlsafe(BYTES_OF_CHANCE)
            try:
                open_account(
                    actor=Actor(committee=committee, person=keeper.person),
                    person=person,
                    username=options["username"],
                    password=password,
                )
            except Refused as refusal:
                raise CommandError(refusal.message) from refusal
        self.stdout.write(
            f"{committee}：{person}的登录名 {options['username']}，初始密码 {password}（首次登录须修改）。"
        )


def _committee(named: str) -> Committee:
    found = committees_called(named)
    if len(found) != 1:
        known = committees_known() or "系统里还没有党委，请先用 import_ledger 建立。"
        raise CommandError(f"请用 --committee 写明是哪个党委的全称或简称。{known}")
    return found[0]


def _person(name: str) -> Person:
    found = list(Person.objects.filter(name=name, merged_into=None))
    if len(found) != 1:
        raise CommandError(f"名册里叫“{name}”的有 {len(found)} 位，须正好一位。同名的请在网页“组织与分工 → 账号”办理。")
    return found[0]
