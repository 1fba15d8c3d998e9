"""The page of a ballot for those who work on it: how far it is, who has acted, what this person does next."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from common.identity.actor import Actor
from common.identity.models import Person
from decisions.ballots.issuing import codes_of
from decisions.ballots.models import Ballot, BallotAct, BallotOfficer, BallotSlot, BallotVoter, PaperSeal
from decisions.ballots.paper import waiting_tellers
from decisions.ballots.policies import SCRUTINEERS, Kind, may_void
from decisions.ballots.questions import Report, Turnout, next_round, option_words, report_of, turnout
from decisions.ballots.workflow import LIVE, BallotState
from decisions.hall.policies import may_keep_hall

Step = BallotAct.Step
STEPS = ("拟定", "监票人确认", "发票", "投票", "计票", "签署报告单")
PLACES = {"draft": 2, "confirmed": 3, "issued": 4, "closed": 5, "counted": 6, "reported": 7}


@dataclass(frozen=True)
class Doing:
    """A button. `posts` at once, else it leads to a page; `person`: for whom 秘书科 enters it on paper."""

    label: str
    url: str
    posts: bool = False
    person: int | None = None
    confirm: str = ""
    kind: str = "secondary"


@dataclass
class BallotPage:
    """All that the page shows."""

    actor: Actor
    ballot: Ballot
    officers: list[BallotOfficer]
    acts: list[BallotAct]
    slots: list[BallotSlot]
    words: list[str]
    codes: set[int]
    voter: BallotVoter | None
    turnout: Turnout
    report: Report | None
    seal: PaperSeal | None
    waiting_tellers: list[str]
    again: tuple[list[BallotSlot], int]

    @property
    def keeps(self) -> bool:
        return may_keep_hall(self.actor)

    @property
    def steps(self) -> tuple[str, ...]:
        return STEPS

    @property
    def place(self) -> int:
        return PLACES.get(self.ballot.state, 0)

    @property
    def scrutineers(self) -> list[BallotOfficer]:
        return [one for one in self.officers if one.kind in SCRUTINEERS]

    @property
    def tellers(self) -> list[BallotOfficer]:
        return [one for one in self.officers if one.kind == Kind.TELLER]

    def did(self, step: str) -> list[BallotAct]:
        return [act for act in self.acts if act.step == step]

    @property
    def rows(self) -> list[tuple[BallotOfficer, list[str]]]:
        """Per officer what he has done so far."""
        done: dict[int, list[str]] = {one.person_id: [] for one in self.officers}
        for act in self.acts:
            done.setdefault(act.person_id, []).append(f"已{act.get_step_display()}")
        for one in self.officers:
            if one.pk in self.codes:
                done[one.person_id].append("已领口令")
        return [(one, done[one.person_id]) for one in self.officers]

    @property
    def issuing(self) -> list[str]:
        """Who has confirmed the issue, the clerk among them."""
        return [act.person.name for act in self.did(Step.ISSUE)]

    @property
    def closing(self) -> list[BallotAct]:
        return self.did(Step.CLOSE)

    @property
    def differ(self) -> bool:
        """On paper: both tellers have counted and found not the same."""
        return not self.ballot.on_device and self.ballot.state == BallotState.CLOSED and not self.waiting_tellers

    @property
    def may_void(self) -> bool:
        return self.ballot.state in LIVE and may_void(self.actor, self.ballot)

    @property
    def doings(self) -> list[Doing]:
        """The buttons of this person now."""
        return list(getattr(self, f"_{self.ballot.state}", self._none)())

    def _none(self) -> Iterator[Doing]:
        return iter(())

    def _draft(self) -> Iterator[Doing]:
        if self.keeps and not self.acts:
            label = "更换监票人" if self.officers else "确定监票人"
            yield Doing(label, self._url("officers"), kind="secondary" if self.officers else "primary")
        yield from self._for_each("确认", "confirm", Step.CONFIRM, self.scrutineers)

    def _confirmed(self) -> Iterator[Doing]:
        own = self._own
        if own and self.ballot.on_device:
            taken = own.pk in self.codes
            label = "重领监票口令" if taken else "领取监票口令"
            yield Doing(label, self._url("code"), kind="secondary" if taken else "primary")
        mine = self.actor.person.pk in {act.person_id for act in self.did(Step.ISSUE)}
        if self.keeps and not own and not mine:
            yield Doing("发放表决票", self._url("issue"), posts=True, confirm=ISSUE, kind="primary")
        yield from self._for_each("发放表决票", "issue", Step.ISSUE, self.scrutineers, ISSUE)

    def _issued(self) -> Iterator[Doing]:
        if not self.ballot.on_device:
            yield Doing("打印表决票", self._url("paper"), kind="primary")
            chief = [one for one in self.scrutineers if one.kind == Kind.CHIEF]
            yield from self._for_each("收票截止", "collect", Step.CLOSE, chief)
            return
        if self.voter and self.voter.eligible and not self.voter.cast:
            yield Doing("投票", self._url("vote"), kind="primary")
        if self._own:
            yield Doing("发投票凭条", self._url("slips"))
        yield Doing("投票处", self._url("booth"))
        if self._chief or self.ballot.sitting.chair_id == self.actor.person.pk:
            yield Doing("提前截止", self._url("close"))

    def _closed(self) -> Iterator[Doing]:
        if self.ballot.on_device and (self._own or self.keeps):
            yield Doing("计票", self._url("count"), kind="primary")
        if any(one.person_id == self.actor.person.pk for one in self.tellers):
            yield Doing("登记清点的票数", self._url("tally"), kind="primary")

    def _counted(self) -> Iterator[Doing]:
        yield from self._for_each("签署报告单", "sign", Step.REPORT, self.scrutineers)
        yield from self._reported()

    def _reported(self) -> Iterator[Doing]:
        yield Doing("票决结果报告单" if self.ballot.on_device else "计票单", self._url("report"))
        yield from self._sealing()
        if self.again[1] and self.keeps:
            draft = reverse("decisions:ballot_draft", args=[self.ballot.entry_id])
            yield Doing("再次选举", f"{draft}?follows={self.ballot.pk}", kind="primary")

    def _voided(self) -> Iterator[Doing]:
        if self.keeps:
            yield Doing("另拟票决", reverse("decisions:ballot_draft", args=[self.ballot.entry_id]), kind="primary")
        if self.ballot.issued_at:
            yield from self._sealing()

    def _sealing(self) -> Iterator[Doing]:
        if not self.ballot.on_device and self.seal is None and (self.keeps or self._chief):
            yield Doing("封存选票", self._url("seal"))

    def _for_each(
        self, label: str, page: str, step: str, officers: list[BallotOfficer], confirm: str = ""
    ) -> Iterator[Doing]:
        """One's own button; on paper for 秘书科 one for each who signed in the room."""
        done = {act.person_id for act in self.did(step)}
        for one in officers:
            if one.person_id in done:
                continue
            if one.person_id == self.actor.person.pk:
                yield Doing(label, self._url(page), posts=True, confirm=confirm, kind="primary")
            elif not self.ballot.on_device and self.keeps:
                yield Doing(f"登记{one.person.name}已{label}", self._url(page), posts=True, person=one.person_id)

    @property
    def _own(self) -> BallotOfficer | None:
        return next((one for one in self.scrutineers if one.person_id == self.actor.person.pk), None)

    @property
    def _chief(self) -> bool:
        return self._own is not None and self._own.kind == Kind.CHIEF

    def _url(self, page: str) -> str:
        return reverse(f"decisions:ballot_{page}", args=[self.ballot.pk])


ISSUE = "发放以后，投票人名册和票面不再改变；此后到会的不参加这次票决。确认发放？"


def load_page(actor: Actor, ballot: Ballot) -> BallotPage:
    """A constant number of queries."""
    officers = list(ballot.officers.select_related("person"))
    person: Person = actor.person
    return BallotPage(
        actor=actor,
        ballot=ballot,
        officers=sorted(officers, key=lambda one: (list(Kind).index(Kind(one.kind)), one.pk)),
        acts=list(ballot.acts.select_related("person")),
        slots=list(ballot.slots.select_related("question").prefetch_related("recusals__person")),
        words=option_words(ballot),
        codes=set(codes_of(ballot)),
        voter=BallotVoter.objects.filter(ballot=ballot, person=person).first(),
        turnout=turnout(ballot),
        report=report_of(ballot),
        seal=PaperSeal.objects.filter(ballot=ballot).select_related("keeper").first(),
        waiting_tellers=waiting_tellers(ballot) if ballot.state == BallotState.CLOSED else [],
        again=next_round(ballot) if ballot.state in (BallotState.COUNTED, BallotState.REPORTED) else ([], 0),
    )
