"""One matter's whole way through the office, stage by stage, with a row of every kind that has an address.

Tests of addresses walk it and ask at each stage. `PK_IS` and `OTHER` say which row an address names; one that they do
not know is an error, so that no new page is forgotten.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import models
from django.test import override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from agenda.items.models import Attachment, Item, OpinionDocument
from agenda.items.services.accept_item import accept_item
from agenda.items.services.enter_paper_signature import enter_paper_signature
from agenda.items.services.submit_item import submit_item
from agenda.items.standing import standing_of
from agenda.meetings.models import AgendaEntry, Meeting, Reply
from agenda.meetings.services.reply_to_notice import reply_to_notice
from agenda.meetings.services.rule_leave import rule_leave
from agenda.rules.models import AgendaRuleSet
from committee.bodies.models import Body, Seat, Term
from committee.division.models import Division, DivisionLine
from committee.division.services.draft_division import start_division
from committee.division.services.edit_line import add_line
from committee.register.services.keep_accounts import share_account
from committee.register.services.keep_people import add_person
from committee.register.services.keep_roles import assign_role
from committee.register.services.keep_seat_states import set_seat_state
from committee.roles.models import Role, RoleAssignment
from common import clock
from common.identity.models import ActingFor
from common.mail.models import Letter
from common.outbox.models import Event, Handling
from decisions.ballots.models import Ballot
from decisions.ballots.services.name_officers import name_officers
from decisions.ballots.services.void_ballot import void_ballot
from decisions.hall.models import Attendance
from decisions.hall.services.arrive import arrive
from decisions.hall.services.close_meeting import close_meeting
from decisions.hall.services.note_entry import note_entry
from decisions.hall.services.open_meeting import open_meeting
from decisions.hall.services.sign_in import sign_in
from decisions.minutes.models import DecisionNotice
from decisions.minutes.services.review_minutes import review_minutes
from decisions.minutes.services.sign_minutes import sign_minutes
from decisions.minutes.services.start_minutes import start_minutes
from decisions.minutes.services.submit_minutes import submit_minutes
from decisions.outcomes.matters import MatterInput
from decisions.outcomes.models import Decision
from decisions.outcomes.services.decide_entry import decide_entry
from decisions.rules.models import VotingRuleSet
from decisions.votes.models import Question, Round
from decisions.votes.services.agree_orally import agree_orally
from decisions.votes.services.begin_entry import begin_entry
from decisions.votes.services.cast_rest import cast_rest
from decisions.votes.services.cast_vote import cast_vote
from decisions.votes.services.close_round import close_round
from decisions.votes.services.open_round import open_round
from oversight.followups.services.keep_follow_up import FollowUpInput, enter_follow_up
from tests.decisions.hall_story import MEMBERS, recuse
from tests.desk.imports.ledgers import AGENDA, FOLLOW_UPS, only, previewed, row
from tests.support.cast import District
from tests.support.meetings import call, on_agenda, planned_meeting
from tests.support.stories import conclude, drafted_item, pdf, sign_on
from tests.support.time import Clock

# Which row the `pk` of an address is: the longest beginning that fits.
PK_IS = {
    "/imports/": "upload",
    "/organisation/bodies/": "body",
    "/organisation/seats/": "seat",
    "/organisation/states/": "seat_state",
    "/organisation/terms/": "term",
    "/organisation/units/": "unit",
    "/organisation/people/": "person",
    "/organisation/roles/": "role",
    "/organisation/accounts/": "account",
    "/organisation/offers/": "offer",
    "/organisation/background/": "handling",
    "/account/offers/": "offer",
    "/account/acting/": "acting",
    "/organisation/accounts/<int:pk>/end/": "acting",
    "/organisation/division/": "division",
    "/organisation/division/leaders/": "person",
    "/organisation/division/lines/": "line",
    "/rules/versions/": "agenda_rules",
    "/rules/voting/versions/": "voting_rules",
    "/items/": "item",
    "/meetings/": "meeting",
    "/entries/": "entry",
    "/notes/": "note",
    "/notes/<int:pk>/lift/": "recusal",
    "/questions/": "question",
    "/rounds/": "round",
    "/ballots/": "ballot",
    "/decisions/": "decision",
    "/minutes/": "minutes",
    "/minutes/start/": "meeting",
    "/notices/": "notice",
    "/follow-ups/": "follow_up",
}
# What else stands in an address; the words are the same for every committee.
OTHER = {
    "attachment": "attachment", "document": "document", "signature": "signature", "item": "item", "entry": "entry",
    "reply": "reply", "letter": "letter", "event": "event", "person_pk": "person",
}  # fmt: skip
WORDS = {"kind": "legal", "part": "people"}


@dataclass(frozen=True)
class Address:
    """A page or an act of the program; `kwargs` by name, in order."""

    name: str
    route: str
    kwargs: tuple[str, ...]

    @property
    def rows(self) -> dict[str, str]:
        """Which row stands for each of its identifiers."""
        fitting = [beginning for beginning in PK_IS if self.route.startswith(beginning)]
        known = OTHER | ({"pk": PK_IS[max(fitting, key=len)]} if fitting else {})
        return {name: known[name] for name in self.kwargs if name not in WORDS}

    def to(self, rows: dict[str, int]) -> str:
        words = {name: WORDS[name] for name in self.kwargs if name in WORDS}
        return reverse(self.name, kwargs={name: rows[row] for name, row in self.rows.items()} | words)


def addresses() -> dict[str, Address]:
    """Every address of the program by its name."""
    return {one.name: one for one in _walk(get_resolver(), "/", "")}


def _walk(resolver: URLResolver, before: str, spaces: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, route, f"{spaces}{pattern.namespace}:" if pattern.namespace else spaces)
        else:
            assert isinstance(pattern, URLPattern) and pattern.name, f"{route} has no name"
            yield Address(spaces + pattern.name, route, tuple(pattern.pattern.converters))


@dataclass
class Office:
    """The office at work. `rows`: identifiers by the words of PK_IS and OTHER, as far as the story has come."""

    district: District
    rows: dict[str, int] = field(default_factory=dict)

    def keep(self, **found: models.Model) -> None:
        self.rows |= {name: row.pk for name, row in found.items()}

    def stages(self) -> Iterator[str]:
        """Goes on by one stage at a time and says its name."""
        self.settle()
        yield "组织"
        self.keep(division=Division.objects.get(state="in_force"))
        yield "现行分工"
        for story in (self.item, self.meeting, self.sitting, self.minutes):
            yield from story()

    def settle(self) -> None:
        """A draft division, an upload, a follow-up; 督查室 and an expert, who has no post, come in."""
        district, day = self.district, date(2026, 9, 12)
        clerk, admin = district.office, district.administrator
        inspector = add_person(actor=admin, name="督查员", post_title="区委督查室主任")
        assign_role(actor=admin, person=inspector, role=Role.SUPERVISION_OFFICE, valid_from=day)
        expert = add_person(actor=admin, name="专家", post_title="大学教授")
        seat = Seat.objects.of_body(Body.Kind.STANDING).last()
        assert seat is not None
        state = set_seat_state(
            actor=admin, seat=seat, kind="long_leave", counts_in_due=True, basis="批复", valid_from=day
        )
        ledgers = only(AGENDA, FOLLOW_UPS)
        row(ledgers, AGENDA, "关于新建城东学校的请示")[6] = "1.8"  # an amount without unit: a finding
        draft = start_division(actor=clerk, title="分工草稿")
        line = DivisionLine.objects.filter(division=draft, person__name="闻人澈").first()
        acting = ActingFor.objects.get(person=district.leader.person)
        # Asked before there is such a login; the expert's window opens it.
        offer = share_account(actor=admin, person=district.outsider.person, username=f"login-{expert.pk}")
        given_up = Handling.objects.create(
            committee=district.committee, event=Event.objects.all()[0], handler="tests.gone", state="failed"
        )
        self.keep(
            offer=offer,
            handling=given_up,
            body=Body.objects.get(kind=Body.Kind.STANDING),
            seat=seat,
            seat_state=state,
            term=Term.objects.get(),
            unit=district.unit("教体局"),
            person=district.leader.person,
            role=RoleAssignment.objects.get(role=Role.OFFICE_DIRECTOR),
            acting=acting,
            account=acting.account,
            division=draft,
            line=line or add_line(actor=clerk, division=draft, person=district.leader.person),
            agenda_rules=AgendaRuleSet.objects.get(),
            voting_rules=VotingRuleSet.objects.get(),
            upload=previewed(clerk, ledgers),
            follow_up=enter_follow_up(
                actor=clerk,
                ledger_key="督/2026/9",
                given=FollowUpInput(
                    number="督〔2026〕09号",
                    title="学位补充方案落实",
                    lead_units=[district.unit("教体局")],
                    leader=district.leader.person,
                    due_on=date(2026, 11, 10),
                    status="在办",
                    progress=Decimal(50),
                    verbatim=[["督办事项", "学位补充方案落实"]],
                ),
            ),
        )

    def item(self) -> Iterator[str]:
        """城东学校, from the liaison's draft to 书记's signature on paper."""
        district = self.district
        item = drafted_item(district)
        self.keep(item=item, attachment=Attachment.objects.get(item=item))
        yield "拟稿"
        submit_item(actor=district.liaison, item=item)
        yield "已呈报"
        accept_item(actor=district.office, item=Item.objects.get(pk=item.pk))
        yield "会前把关"
        for check in standing_of(Item.objects.get(pk=item.pk)).checks:
            conclude(district, item, check.kind, actor=district.actor(check.holders[0].name))
        self.keep(document=OpinionDocument.objects.filter(opinion__item=item)[0])
        yield "签批"
        waiting = sign_on(district, item, until="secretary")
        turn = standing_of(waiting).turn
        assert turn is not None and turn.person == district.secretary.person
        signed = enter_paper_signature(
            actor=district.office,
            item=waiting,
            digest=waiting.version.digest,
            signer=turn.person,
            signed_on=clock.today(),
            scan=("签批单.pdf", pdf("签批单")),
        )
        self.keep(signature=signed)
        yield "待上会"

    def meeting(self) -> Iterator[str]:
        """Planned for 11月26日, called; one asks for leave."""
        district = self.district
        meeting = planned_meeting(district, at="2026-11-26 15:00", recorder=district.office.person)
        [entry] = on_agenda(district, meeting, Item.objects.get(pk=self.rows["item"]))
        self.keep(meeting=meeting, entry=entry)
        yield "排议程"
        person = district.person("雷定远")
        type(person).objects.filter(pk=person.pk).update(email="lei@yunchuan.example")
        with override_settings(EMAIL_HOST="mail.example"):  # letters wait for a server; nothing is sent from a test
            call(district, meeting)
        asked = reply_to_notice(
            actor=district.actor("雷定远"), meeting=meeting, answer=Reply.Answer.LEAVE, reason="集训"
        )
        self.keep(reply=asked, letter=Letter.objects.filter(person=person)[0])
        yield "已通知"
        rule_leave(actor=district.secretary, reply=asked, approved=True)

    def sitting(self) -> Iterator[str]:
        """Members come, the matter is voted on by name and decided, the meeting closes."""
        district = self.district
        meeting = Meeting.objects.get(pk=self.rows["meeting"])
        Clock().set("2026-11-26 14:50")
        sign_in(
            actor=district.office,
            meeting=meeting,
            people=[district.person(name) for name in MEMBERS if name != "雷定远"],
        )
        arrive(actor=district.office, meeting=meeting, person=district.head.person)
        self.keep(event=Attendance.objects.filter(meeting=meeting)[0])
        yield "签到"
        open_meeting(actor=district.office, meeting=meeting)
        entry = AgendaEntry.objects.get(pk=self.rows["entry"])
        begin_entry(actor=district.office, entry=entry)
        note = note_entry(actor=district.office, entry=entry, kind="point", text="要压实工期责任", speaker="陆景和")
        recusal = recuse(district, entry, "马春屿")
        first, second = Question.objects.filter(entry=entry)
        round_ = open_round(actor=district.office, question=first, form=Round.Form.RECORDED)
        self.keep(note=note, recusal=recusal, question=second, round=round_, ballot=self.ballot(entry, round_))
        yield "表决"
        void_ballot(actor=district.office, ballot=Ballot.objects.get(), reason="改为记名表决")
        cast_vote(
            actor=district.office, round_=round_, person=district.person("贺北辰"), choice="oppose", reason="分期"
        )
        cast_rest(actor=district.office, round_=round_, choice="approve")
        close_round(actor=district.office, round_=round_)
        agree_orally(actor=district.office, question=second)
        self.decide(entry, [first, second])
        self.keep(decision=Decision.objects.get())
        yield "议决"
        Clock().set("2026-11-26 16:30")
        close_meeting(actor=district.office, meeting=meeting)
        yield "散会"

    def ballot(self, entry: AgendaEntry, round_: Round) -> Ballot:
        """A secret ballot in draft, as if the rule of this matter allowed it, watched by 区长 and two members."""
        ballot = Ballot.objects.create(
            committee=self.district.committee,
            entry=entry,
            sitting=round_.sitting,
            no=1,
            rule=round_.rule,
            way=Ballot.Way.DEVICE,
            options=["approve", "oppose", "abstain"],
            created_by=self.district.office.person,
            created_at=clock.now(),
        )
        watching = [self.district.person(name) for name in ("贺北辰", "岑以宁")]
        chief = self.district.person("陆景和")
        return name_officers(actor=self.district.office, ballot=ballot, chief=chief, scrutineers=watching)

    def decide(self, entry: AgendaEntry, questions: list[Question]) -> None:
        district = self.district
        leader, lead, others = district.leader.person, district.unit("教体局"), [district.unit("财政局")]
        matters = [MatterInput(one, "passed", one.text, leader, lead, others, date(2027, 8, 31)) for one in questions]
        decide_entry(actor=district.office, entry=entry, matters=matters)

    def minutes(self) -> Iterator[str]:
        """Drafted, handed in, reviewed, and signed the next morning with its notices."""
        district = self.district
        meeting = Meeting.objects.with_names().get(pk=self.rows["meeting"])
        minutes = start_minutes(actor=district.office, meeting=meeting)
        self.keep(minutes=minutes)
        yield "纪要起草"
        submit_minutes(actor=district.office, minutes=minutes)
        yield "纪要送审"
        review_minutes(actor=district.director, minutes=minutes)
        yield "纪要待签"
        Clock().set("2026-11-27 09:00")
        sign_minutes(actor=district.secretary, minutes=minutes)
        self.keep(notice=DecisionNotice.objects.filter(unit=district.unit("教体局"))[0])
        yield "已签发"
