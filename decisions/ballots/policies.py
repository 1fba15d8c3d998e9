"""Who does what at a secret ballot: 秘书科 prepares, scrutineers watch, open and sign, tellers count, voters vote."""

from collections.abc import Iterable

from common.identity.actor import Actor
from common.identity.models import Person
from common.services import NotAllowed, demand_in_person
from decisions.ballots.models import Ballot, BallotOfficer, BallotVoter
from decisions.ballots.workflow import BallotState
from decisions.hall.policies import may_keep_hall

Kind = BallotOfficer.Kind
SCRUTINEERS = (Kind.CHIEF, Kind.SCRUTINEER)


def officers_of(ballot: Ballot, *kinds: str) -> list[BallotOfficer]:
    """总监票人 first; all of them, or those of these kinds."""
    found = [one for one in ballot.officers.select_related("person") if not kinds or one.kind in kinds]
    return sorted(found, key=lambda one: (list(Kind).index(Kind(one.kind)), one.pk))


def scrutineer(ballot: Ballot, person: Person) -> BallotOfficer | None:
    """总监票人 or 监票人 of this ballot."""
    return next((one for one in officers_of(ballot, *SCRUTINEERS) if one.person_id == person.pk), None)


def is_chief(ballot: Ballot, person: Person) -> bool:
    return ballot.officers.filter(kind=Kind.CHIEF, person=person).exists()


def demand_scrutineer(actor: Actor, ballot: Ballot, what: str) -> BallotOfficer:
    """One of the three, himself."""
    demand_in_person(actor, what)
    found = scrutineer(ballot, actor.person)
    if found is None:
        raise NotAllowed(f"{what}由本次票决的监票人（{names(officers_of(ballot, *SCRUTINEERS))}）办理。")
    return found


def demand_teller(actor: Actor, ballot: Ballot) -> BallotOfficer:
    """A named 计票人, himself: two count apart."""
    demand_in_person(actor, "清点选票")
    tellers = officers_of(ballot, Kind.TELLER)
    for teller in tellers:
        if teller.person_id == actor.person.pk:
            return teller
    raise NotAllowed(f"清点的票数由计票人（{names(tellers)}）本人登记。")


def may_close_early(actor: Actor, ballot: Ballot) -> bool:
    """主持人 and 总监票人."""
    return ballot.sitting.chair_id == actor.person.pk or is_chief(ballot, actor.person)


def may_void(actor: Actor, ballot: Ballot) -> bool:
    """总监票人 or the chair; before the issue, and of paper, 秘书科 too."""
    early = not ballot.on_device or ballot.state in (BallotState.DRAFT, BallotState.CONFIRMED)
    chair = ballot.sitting.chair_id == actor.person.pk
    return chair or is_chief(ballot, actor.person) or (early and may_keep_hall(actor))


def demand_may_void(actor: Actor, ballot: Ballot) -> None:
    if not may_void(actor, ballot):
        raise NotAllowed("发票以后，票决由总监票人或主持人作废；发票以前和用纸质票的，秘书科也可以作废。")


def demand_may_seal(actor: Actor, ballot: Ballot) -> None:
    if not may_seal(actor, ballot):
        raise NotAllowed("选票封存由总监票人或秘书科登记。")


def demand_may_count(actor: Actor, ballot: Ballot) -> None:
    if not may_count(actor, ballot):
        raise NotAllowed("计票由两名监票人当场输入监票口令。")


def may_seal(actor: Actor, ballot: Ballot) -> bool:
    """The counted papers: 秘书科 and 总监票人."""
    return may_keep_hall(actor) or is_chief(ballot, actor.person)


def may_count(actor: Actor, ballot: Ballot) -> bool:
    """On whose screen the codes are entered."""
    return may_keep_hall(actor) or scrutineer(ballot, actor.person) is not None


def may_see(actor: Actor, ballot: Ballot) -> bool:
    """秘书科, the chair, its officers and its voters; to anybody else it is not there."""
    person = actor.person
    return (
        may_keep_hall(actor)
        or ballot.sitting.chair_id == person.pk
        or ballot.officers.filter(person=person).exists()
        or BallotVoter.objects.filter(ballot=ballot, person=person).exists()
    )


def names(officers: Iterable[BallotOfficer]) -> str:
    return "、".join(officer.person.name for officer in officers) or "尚未确定"
