"""The demo district with more in it than any office has."""

import os
from datetime import datetime

import psycopg
from django.conf import settings

from agenda.items.models import Item
from agenda.meetings.models import AgendaEntry, Meeting
from agenda.meetings.services.plan_meeting import plan_meeting
from agenda.meetings.services.schedule_item import schedule_item
from agenda.meetings.services.send_notice import send_notice
from agenda.rules.models import Handling, MatterKind
from committee.bodies.models import Body
from common import clock
from decisions.hall.services.open_meeting import open_meeting
from decisions.hall.services.sign_in import sign_in
from decisions.votes.models import Question, Round
from decisions.votes.services.begin_entry import begin_entry
from decisions.votes.services.open_round import open_round
from tests.decisions.hall_story import MEMBERS
from tests.support.cast import District
from tests.support.stories import ready_item


def analyze() -> None:
    """What autovacuum does in an office by the hour: without it the planner guesses, also for the floor."""
    base = settings.DATABASES["default"]
    with psycopg.connect(
        host=base["HOST"],
        dbname=base["NAME"],
        user=settings.OWNER_ROLE,
        password=os.environ["YISHI_DB_OWNER_PASSWORD"],
        autocommit=True,
    ) as owner:
        owner.execute("ANALYZE")


def many_items(district: District, count: int) -> None:
    """Drafts of 教体局: 分管领导, kind and amount filled, so that a row shows what a real one does."""
    unit, leader, author = district.unit("教体局"), district.person("闻人澈"), district.person("梁思齐")
    matter = MatterKind.objects.get(name="重大项目")
    now = clock.now()
    Item.objects.bulk_create(
        (
            Item(
                committee=district.committee,
                title=f"关于第 {n} 所学校改扩建工程有关事项的请示",
                unit=unit,
                matter_kind=matter,
                leader=leader,
                amount=1_000_000 + n,
                created_by=author,
                created_at=now,
            )
            for n in range(count)
        ),
        batch_size=2000,
    )


def planned_meeting(district: District, day: int) -> Meeting:
    return plan_meeting(
        actor=district.office,
        body=Body.objects.get(kind=Body.Kind.STANDING),
        starts_at=datetime(2026, 11, day, 9, 0, tzinfo=clock.SHANGHAI),
        place="区委第一会议室",
    )


def meeting_with_items(district: District, meeting: Meeting, count: int) -> None:
    """Entries of cleared items, each through all checks and signatures."""
    for n in range(count):
        schedule_item(
            actor=district.office, meeting=meeting, item=ready_item(district, title=f"关于第 {n} 项工程的请示")
        )


def add_bare_entries(district: District, meeting: Meeting, count: int) -> None:
    """Entries without an item (study, notes), to see what the number of rows costs."""
    last = AgendaEntry.objects.filter(meeting=meeting).count()
    AgendaEntry.objects.bulk_create(
        AgendaEntry(
            committee=district.committee,
            meeting=meeting,
            position=last + n,
            title=f"第 {n} 项学习内容",
            handling=Handling.HEAR,
            minutes=10,
            presenter="程望舒",
        )
        for n in range(1, count + 1)
    )


def open_vote(district: District, meeting: Meeting) -> Round:
    """The meeting opened with all eleven, its first entry begun, a vote by name under way."""
    send_notice(actor=district.office, meeting=meeting)
    sign_in(actor=district.office, meeting=meeting, people=[district.person(name) for name in MEMBERS])
    sitting = open_meeting(actor=district.office, meeting=meeting)
    entry = begin_entry(actor=district.office, entry=AgendaEntry.objects.get(meeting=sitting.meeting, position=1))
    question = Question.objects.filter(entry=entry, dropped_at__isnull=True).order_by("position")[0]
    return open_round(actor=district.office, question=question, form=Round.Form.RECORDED)
