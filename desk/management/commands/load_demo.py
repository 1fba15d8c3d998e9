"""Loads the demo district once; later calls find it and leave it alone."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from common.tenancy.models import Committee
from desk.demo.district import build_district, build_neighbour, open_accounts
from desk.demo.stories import tell_stories


class Command(BaseCommand):
    help = "装入演示区（云川区委）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--district-only", action="store_true", help="不装入议题和会议")
        parser.add_argument("--with-neighbour", action="store_true", help="另建一个相邻党委，供隔离测试")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MODE not in {"demo", "test"}:
            raise CommandError("演示数据只能装入演示环境。")
        if Committee.objects.exists():
            self.stdout.write("演示数据已在，未作改动。")
            return
        with transaction.atomic():
            actor = build_district()
            open_accounts(actor)
            if options["with_neighbour"]:
                build_neighbour()
            if not options["district_only"]:
                tell_stories(actor.committee)
        self.stdout.write("演示数据已装入：中共云川区委。")
