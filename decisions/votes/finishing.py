"""How a vote ends: the verdict is sealed with names and votes; for services that hold the locks."""

from typing import Any

from common import clock
from common.identity.actor import Actor
from common.records.chain import seal
from common.workflow import move
from decisions.rules.spec import frozen, spec_of
from decisions.rules.tally import Verdict
from decisions.votes.models import RoundResult
from decisions.votes.questions import FIELDS, Ballot


def finish_round(actor: Actor, ballot: Ballot, verdict: Verdict | None = None) -> RoundResult:
    """Seal the verdict with names and votes, then end the round; the database recounts it.

    `verdict`: of an election of k out of n, where the majority alone does not decide.
    """
    round_, count = ballot.round, ballot.count
    verdict = verdict or ballot.verdict(closed=True)
    record = seal("round/2", round_, content_of(ballot, verdict.sentence, verdict.met), actor=actor)
    result = RoundResult.objects.create(
        committee=actor.committee,
        round=round_,
        passed=verdict.met,
        due=round_.due,
        present=ballot.room.present,
        needed=verdict.needed,
        sentence=verdict.sentence,
        record=record,
        **{field: getattr(count, field) for field in (*FIELDS, "invalid")},
    )
    move(round_, "close", actor=actor)
    return result


def content_of(ballot: Ballot, sentence: str, passed: bool) -> dict[str, Any]:
    """What is frozen of a round: who was due, present, recused; what each said or how many; the verdict."""
    round_, count = ballot.round, ballot.count
    return {
        "question": {"id": round_.question_id, "text": round_.question.text},
        "entry": round_.question.entry_id,
        "no": round_.no,
        "form": round_.form,
        "rule_set": round_.sitting.rule_set.version,
        "rule": frozen(spec_of(round_.rule)),
        "due": round_.due,
        "opened_at": round_.opened_at,
        "closed_at": clock.now(),
        "members": [
            {
                "person": member.person_id,
                "name": member.name,
                "present": member.present,
                "recused": member.recused,
                "entitled": member.entitled,
                "choice": ballot.votes[member.person_id].choice if member.person_id in ballot.votes else None,
                "reason": ballot.votes[member.person_id].reason if member.person_id in ballot.votes else "",
            }
            for member in ballot.members
        ],
        "count": {field: getattr(count, field) for field in (*FIELDS, "invalid", "not_voted")},
        "passed": passed,
        "sentence": sentence,
    }
