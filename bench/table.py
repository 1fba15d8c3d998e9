"""The table of ratios: pages, a vote, papers, each against its floor in the same run."""

import subprocess
import sys
from datetime import datetime

from django.conf import settings
from django.core.management import call_command
from django.test import Client, RequestFactory

from bench import data, floors
from bench.measure import Case, measure, print_table
from common import clock
from common.audit.log import audit
from common.tenancy.models import Committee
from common.tenancy.scope import committee_scope
from desk.demo.people import PASSWORD
from tests.support.cast import District

ITEMS, ENTRIES, MORE_ENTRIES = 20_000, 50, 450


def signed_in(username: str) -> Client:
    client = Client()
    answer = client.post("/login/", {"username": username, "password": PASSWORD})
    assert answer.status_code == 302, "the demo's login did not work"
    return client


def page(client: Client, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content


def after_a_write(district: District, client: Client, path: str) -> bytes:
    """Nothing that pages keep holds any more."""
    audit(district.office, "measure", district.office.person)
    return page(client, path)


def pages(district: District, rounds: int) -> None:
    """Lists and the meeting page against a bare view of 50 and of 500 rows."""
    request = RequestFactory().get("/")
    bare = Case("bare view, 50 rows", lambda: floors.rows(request, 50).content)
    bare_500 = Case("bare view, 500 rows", lambda: floors.rows(request, 500).content, floor=bare.name)
    office, liaison = signed_in("mishuke"), signed_in("jiaotilianluo")
    meeting = data.planned_meeting(district, 26)
    data.meeting_with_items(district, meeting, ENTRIES)
    path = f"/meetings/{meeting.pk}/"
    data.many_items(district, ITEMS)
    data.analyze()
    cases = [
        bare,
        bare_500,
        Case(f"item list, {ITEMS} items", lambda: page(liaison, "/items/"), bare.name, 2.5),
        Case("workbench", lambda: page(liaison, "/"), bare.name, 2.5),
        Case(f"meeting page, {ENTRIES} entries", lambda: page(office, path), bare.name, 3, 15),
    ]
    measure(cases, rounds)
    print_table("Pages, logged in, all middleware", cases)
    written = [
        Case(bare.name, bare.call),
        Case("item list", lambda: after_a_write(district, liaison, "/items/"), bare.name),
        Case("workbench", lambda: after_a_write(district, liaison, "/"), bare.name),
        Case(f"meeting page, {ENTRIES} entries", lambda: after_a_write(district, office, path), bare.name),
    ]
    measure(written, rounds)
    print_table("The same right after somebody has written", written)
    data.add_bare_entries(district, meeting, MORE_ENTRIES)
    larger = [
        Case(bare_500.name, bare_500.call),
        Case(f"meeting page, {ENTRIES + MORE_ENTRIES} entries", lambda: page(office, path), bare_500.name, None, 15),
    ]
    measure(larger, rounds)
    print_table("The same page with ten times the entries", larger)


def votes(district: District, rounds: int) -> None:
    """Entering a vote by name, with its correction row, against a bare POST that locks and inserts."""
    meeting = data.planned_meeting(district, 27)
    data.meeting_with_items(district, meeting, 1)
    clock.move_to(datetime(2026, 11, 27, 8, 50, tzinfo=clock.SHANGHAI))
    round_ = data.open_vote(district, meeting)
    office = signed_in("mishuke")
    person = district.person("顾维桢").pk
    choices = ["approve", "oppose"]
    entered = iter(range(10**6))

    def vote() -> bytes:
        n = next(entered)
        form = {"vote": f"{person}:{choices[n % 2]}:{choices[(n - 1) % 2] if n else ''}"}
        answer = office.post(f"/rounds/{round_.pk}/votes/", form, headers={"HX-Request": "true"})
        assert answer.status_code == 200, answer.status_code
        return answer.content

    request = RequestFactory().post("/")
    bare = Case("bare POST: lock, insert, commit", lambda: floors.lock_and_insert(request).content)
    cases = [bare, Case("entering a vote", vote, bare.name, 3)]
    measure(cases, rounds)
    print_table("Writes, fsync on", cases)


def papers(rounds: int) -> None:
    """A 纪要 of two pages against WeasyPrint alone on the same HTML; a hundred in a row in a process of their own."""
    from common.documents import render
    from tests.common.documents.papers_of_the_demo import ROLLS, SCHOOL, minutes

    paper = minutes(*[SCHOOL] * 6, rolls=ROLLS)
    html = paper.to_html()
    weasyprint = render._weasyprint()
    sheets = [render._faces(), *(render._sheet(name) for name in paper.stylesheets)]

    def plain() -> bytes:
        return weasyprint.HTML(string=html).write_pdf(stylesheets=sheets)

    floor = Case("WeasyPrint on the same HTML", plain)
    cases = [floor, Case("纪要, 2 pages", paper.to_pdf, floor.name, 1.5)]
    measure(cases, max(5, rounds // 5))
    print_table("Paper", cases)
    subprocess.run([sys.executable, "-m", "bench", "hundred"], check=True)


def main(rounds: int = 25) -> None:
    settings.ALLOWED_HOSTS.append("testserver")
    clock.move_to(datetime(2026, 11, 16, 8, 30, tzinfo=clock.SHANGHAI))
    call_command("load_demo", "--district-only", verbosity=0)
    district = District(Committee.objects.get())
    with committee_scope(district.committee.pk):
        papers(rounds)
        pages(district, rounds)
        votes(district, rounds)
