"""The roll before a meeting opens: who is due, who has come, and whether that is enough."""

from dataclasses import dataclass

from agenda.meetings.models import Meeting, MeetingNotice
from agenda.meetings.programme import Programme, load_programme
from agenda.meetings.questions import standing_replies
from committee.bodies.questions import members_on
from decisions.console.seats import Seat, called_seats, leaves_of, member_seats
from decisions.hall.attending import why_no_signing_in
from decisions.hall.opening import why_not_now
from decisions.hall.questions import only_prepares, quorum, room_of_people, rule_of_opening, visits_of
from decisions.rules.models import voting_rules_on
from decisions.rules.tally import Act, Verdict


@dataclass(frozen=True)
class Roll:
    """What the sign-in page shows; `why_not` says what still stands in the way of opening.

    `no_signing_in`: why nobody can be signed in today.
    """

    meeting: Meeting
    programme: Programme
    members: list[Seat]
    called: list[Seat]
    verdict: Verdict | None
    why_not: str
    no_signing_in: str

    @property
    def due(self) -> int:
        return sum(seat.counts for seat in self.members)

    @property
    def present(self) -> int:
        return sum(seat.counts and seat.here for seat in self.members)

    @property
    def expected(self) -> list[Seat]:
        """Who neither came nor is on leave (asked for and not declined) nor 停职: one act signs them in."""
        return [seat for seat in self.members if not (seat.came or seat.leave or seat.suspended)]


def load_roll(meeting: Meeting) -> Roll:
    """A constant number of queries."""
    programme = load_programme(meeting)
    visits = visits_of(meeting.pk)
    leaves = leaves_of(standing_replies(meeting, MeetingNotice.objects.filter(meeting=meeting).order_by("no")))
    members = member_seats(members_on(meeting.body, meeting.day), visits, leaves)
    due = [seat.person_id for seat in members if seat.counts]
    here = {seat.person_id for seat in members if seat.here}
    rules = voting_rules_on(meeting.day)
    rule = rules and rule_of_opening(rules, meeting.body.kind)
    verdict = quorum(rule, room_of_people(due, here), Act.OPEN) if rule and due else None
    return Roll(
        meeting=meeting,
        programme=programme,
        members=members,
        called=called_seats(
            meeting, programme, programme.lines, visits, {seat.person_id for seat in members}, gone=True
        ),
        verdict=verdict,
        no_signing_in=why_no_signing_in(meeting),
        why_not=why_not_now(meeting, programme) or _why_not(meeting, here, verdict),
    )


def _why_not(meeting: Meeting, here: set[int], verdict: Verdict | None) -> str:
    """What open_meeting() would refuse for, as far as the roll can mend it."""
    if verdict is not None and not verdict.met:
        return verdict.sentence
    if meeting.chair_id not in here:
        return f"主持人{meeting.chair.name}还没有签到。"
    if verdict is None and not only_prepares(meeting.body.kind):
        return f"开会那天没有{meeting.body.name}的到会规则，请秘书科先在「规则」里登记。"
    return ""
