"""Moves the clock of the demo, for web, worker and beat together: to see a meeting one need not wait for its day."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from common import clock
from common.web.formats import cn_full_date, cn_time


class Command(BaseCommand):
    help = "演示用：把程序的时间拨到某日某时，例如 move_clock 2026-11-26 8:40；不写日期，只说现在是几时。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("day", nargs="?", help="2026-11-26")
        parser.add_argument("hour", nargs="?", default="8:30", help="8:40，不写为 8:30")

    def handle(self, *args: Any, day: str | None, hour: str, **options: Any) -> None:
        if not settings.CLOCK_FILE:
            raise CommandError("只有演示区的时间可以拨。正式运行以服务器的时钟为准。")
        if day:
            try:
                moment = datetime.strptime(f"{day} {hour}", "%Y-%m-%d %H:%M").replace(tzinfo=clock.SHANGHAI)
            except ValueError:
                raise CommandError("日期写作 2026-11-26，时刻写作 8:40。时间没有动。") from None
            if moment < clock.now():
                raise CommandError("时间只能往后拨：记录不能倒着写。要从头再来，请用 ./bin/demo --reset。时间没有动。")
            clock.move_to(moment)
        self.stdout.write(f"现在是{cn_full_date(clock.today())}{cn_time(clock.now())}。")
