"""The program is killed while votes are cast: nothing acknowledged is lost, nothing counted twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from decisions.ballots.models import BallotCount, BallotEnvelope, BallotVoter
from tests.decisions.ballots_story import NAMES, cadre_entry, cast_all, counted, device_ballot, fresh, message
from tests.decisions.hall_story import MEMBERS
from tests.support.cast import District

ROOT = Path(__file__).resolve().parents[3]
# Casts what it is given, one after the other, and says each that was acknowledged.
CASTING = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
django.setup()
from common.identity.actor import Actor
from common.identity.models import Person
from common.tenancy.scope import committee_scope
from decisions.ballots.models import Ballot
from decisions.ballots.services.cast_ballot import cast_ballot
given = json.loads(sys.stdin.readline())
with committee_scope(given["committee"]):
    ballot = Ballot.objects.get(pk=given["ballot"])
    print("ready", flush=True)
    for person, sealed in given["sealed"]:
        voter = Person.objects.select_related("committee").get(pk=person)
        cast_ballot(actor=Actor(voter.committee, voter), ballot=ballot, sealed=bytes.fromhex(sealed))
        print(person, flush=True)
"""


@pytest.mark.long
@pytest.mark.parametrize("acknowledged", [0, 1, 3, 6, 9])
def test_killed_in_the_middle_nothing_acknowledged_is_lost(
    committed_db: None, district: District, acknowledged: int
) -> None:
    """SIGKILL right after so many answers, while the next cast is under way; the rest vote again where they had not."""
    ballot, written = device_ballot(district, cadre_entry(district, names=NAMES[:1]))
    voters = [district.person(name) for name in MEMBERS]
    sealed = [(one.pk, message(ballot, one, (1,)).hex()) for one in voters]
    child = subprocess.Popen(
        [sys.executable, "-c", CASTING],
        cwd=ROOT,
        env=os.environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin and child.stdout
    child.stdin.write(json.dumps({"committee": district.committee.pk, "ballot": ballot.pk, "sealed": sealed}) + "\n")
    child.stdin.flush()
    assert child.stdout.readline() == "ready\n"
    said = [int(child.stdout.readline()) for _ in range(acknowledged)]
    child.kill()
    said += [int(line) for line in child.stdout.read().split()]
    child.wait()
    voted = set(BallotVoter.objects.filter(cast=True).values_list("person_id", flat=True))
    assert voted >= set(said)
    assert len(voted) - len(said) in (0, 1)  # at most the one whose answer was cut off
    assert BallotEnvelope.objects.count() == len(voted)
    ballot = cast_all(district, fresh(ballot), [(one.name, (1,)) for one in voters if one.pk not in voted])
    counted(district, ballot, written)
    assert BallotCount.objects.get().received == len(MEMBERS)
