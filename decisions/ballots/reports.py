"""What waits for a voter, a scrutineer, a teller, for the workbench. No name that is voted on is told there."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from common.identity.actor import Actor
from common.web.tasks import Task
from decisions.ballots.models import Ballot, BallotAct, BallotCode, BallotOfficer, BallotVoter
from decisions.ballots.policies import SCRUTINEERS, Kind
from decisions.ballots.workflow import BallotState

VERBS = {
    BallotState.DRAFT: ("确认", "确认票决", BallotAct.Step.CONFIRM),
    BallotState.CONFIRMED: ("发票", "领取监票口令、发放表决票", BallotAct.Step.ISSUE),
    BallotState.CLOSED: ("计票", "计票", None),
    BallotState.COUNTED: ("签署", "签署报告单", BallotAct.Step.REPORT),
}


def waiting_for(actor: Actor, today: date) -> list[Task]:
    """Two queries: as a voter, as one who watches or counts."""
    voting = BallotVoter.objects.filter(
        person=actor.person, eligible=True, cast=False, ballot__state=BallotState.ISSUED, ballot__way=Ballot.Way.DEVICE
    ).select_related("ballot__entry__meeting__body", "ballot__entry__meeting__term_number")
    tasks = [_task("投票", one.ballot, "ballot_vote", "无记名投票", today) for one in voting]
    acted = BallotAct.objects.filter(ballot=OuterRef("ballot"), person=actor.person)
    steps = {step: Exists(acted.filter(step=step)) for step in ("confirm", "issue", "report")}
    watching = (
        BallotOfficer.objects.filter(person=actor.person, ballot__state__in=VERBS)
        .select_related("ballot__entry__meeting__body", "ballot__entry__meeting__term_number")
        .annotate(took=Exists(BallotCode.objects.filter(officer=OuterRef("pk"))), **steps)
    )
    return tasks + [
        _task(VERBS[BallotState(one.ballot.state)][0], one.ballot, "ballot", VERBS[one.ballot.state][1], today)
        for one in watching
        if _waits(one)
    ]


def _waits(officer: BallotOfficer) -> bool:
    """Tellers count on paper, scrutineers do the rest, each step once."""
    state = BallotState(officer.ballot.state)
    if officer.kind == Kind.TELLER:
        return state == BallotState.CLOSED
    if state == BallotState.CLOSED:
        return officer.ballot.on_device
    if state == BallotState.CONFIRMED and officer.ballot.on_device and not getattr(officer, "took", False):
        return True
    step = VERBS[state][2]
    return officer.kind in SCRUTINEERS and not getattr(officer, str(step), False)


def _task(verb: str, ballot: Ballot, page: str, what: str, today: date) -> Task:
    url = reverse(f"decisions:{page}", args=[ballot.pk])
    return Task(verb, str(ballot.entry.meeting), what, url, due=today, in_person=True)
