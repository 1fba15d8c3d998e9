"""How the envelopes are opened, all together and in memory alone; for count_ballot, which holds the locks."""

from collections import defaultdict
from collections.abc import Mapping

from common.identity.models import Person
from common.services import NotAllowed, Refused
from decisions.ballots.application_key import application_key
from decisions.ballots.closing import sealed_of
from decisions.ballots.counting import Asked, Totals, count
from decisions.ballots.envelope import Tampered, binding, digest_of, is_marked, open_envelope
from decisions.ballots.issuing import codes_of
from decisions.ballots.keys import Cost, CryptoError, key_of_code, public_of, unwrap
from decisions.ballots.models import Ballot, BallotEnvelope, BallotVoter, BallotWrap
from decisions.ballots.policies import scrutineer
from decisions.ballots.results import Counted
from decisions.votes.models import RoundMember

VOID = "这次票决不能计票，请由总监票人或主持人作废，另发新票。"


def secret_of(ballot: Ballot, codes: Mapping[Person, str]) -> bytes:
    """The ballot's secret key, from the codes of two scrutineers."""
    if len(codes) != 2:
        raise Refused("计票须两名监票人各输入自己的监票口令。")
    newest, keys = codes_of(ballot), {}
    for person, code in codes.items():
        officer = scrutineer(ballot, person)
        if officer is None:
            raise NotAllowed(f"{person.name}不是本次票决的监票人。")
        kept = newest[officer.pk]
        key = key_of_code(code, bytes(kept.salt), Cost(kept.memory_kib, kept.passes))
        if public_of(key).hex() != kept.public_key:
            raise Refused(f"{person.name}的监票口令不对。请核对纸上的口令再输入。", field="code")
        keys[kept.pk] = key
    one, other = sorted(keys)
    wrap = BallotWrap.objects.filter(ballot=ballot, one=one, other=other).first()
    try:
        secret = unwrap(bytes(wrap.sealed), keys[one], keys[other]) if wrap else b""
    except CryptoError:
        secret = b""
    if not secret or public_of(secret).hex() != ballot.public_key:
        raise Refused(f"密封的私钥被改动或删除。{VOID}")
    return secret


def open_and_count(ballot: Ballot, secret: bytes) -> Counted:
    """Checked first: as many as have voted, none swapped, none slipped in. Then opened, in no order of their coming."""
    voters = _voters(ballot)
    sealed = sealed_of(ballot)
    _demand_untouched(ballot, sealed, sum(cast for cast in voters.values()))
    slots = ballot.slots.count()
    try:
        opened = [open_envelope(secret, one, slots) for one in sealed]
        totals = count(_asked(ballot, slots), opened, frozenset(_bound(ballot, voters)))
    except Tampered as error:
        raise Refused(f"有选票不是本系统密封的。{VOID}") from error
    except ValueError as error:
        raise Refused(f"{error}{VOID}") from error
    return _as_counted(ballot, totals, len(voters))


def _voters(ballot: Ballot) -> dict[int, bool]:
    return dict(BallotVoter.objects.filter(ballot=ballot, eligible=True).values_list("person_id", "cast"))


def _bound(ballot: Ballot, voters: dict[int, bool]) -> list[bytes]:
    return [binding(ballot.pk, person) for person, cast in voters.items() if cast]


def _demand_untouched(ballot: Ballot, sealed: list[bytes], cast: int) -> None:
    """What is wrong is named (ballot.md, 8)."""
    if len(sealed) != cast:
        raise Refused(f"名册上已投票的 {cast} 人，密封的选票 {len(sealed)} 张，有选票被删除或加入。{VOID}")
    key = application_key()
    rows = BallotEnvelope.objects.filter(ballot=ballot).values_list("sealed", "mac")
    wrong = sum(not is_marked(key, ballot.pk, bytes(one), bytes(mac)) for one, mac in rows)
    if wrong:
        raise Refused(f"有 {wrong} 张密封的选票被替换或改动。{VOID}")
    if digest_of(sealed) != ballot.closed_digest:
        raise Refused(f"密封的选票与截止时的摘要不符。{VOID}")


def _asked(ballot: Ballot, slots: int) -> Asked:
    recused: dict[bytes, set[int]] = defaultdict(set)
    members = RoundMember.objects.filter(round__slot__ballot=ballot, entitled=False)
    for person, position in members.values_list("person_id", "round__slot__position"):
        recused[binding(ballot.pk, person)].add(position - 1)
    return Asked(
        options=tuple(ballot.options),
        slots=slots,
        places=ballot.places,
        roster=ballot.roster.count(),
        recused={bound: frozenset(positions) for bound, positions in recused.items()},
    )


def _as_counted(ballot: Ballot, totals: Totals, issued: int) -> Counted:
    slots = dict(zip(ballot.slots.order_by("position").values_list("pk", flat=True), totals.slots, strict=True))
    names = list(ballot.roster.order_by("position").values_list("pk", flat=True))
    others = {names[place]: votes for place, votes in totals.others.items()}
    return Counted(issued, totals.received, totals.valid, totals.invalid, slots, others)
