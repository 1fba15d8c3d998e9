"""Open a meeting: 应到 and the rules stay as they are at this moment."""

from typing import Any

from agenda.meetings.models import Meeting
from agenda.meetings.plan_rules import demand_chair
from committee.bodies.questions import Member, members_on
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.outbox.registry import emit
from common.records.chain import seal
from common.services import Refused, service
from common.workflow import move
from decisions.hall.models import DueMember, Sitting
from decisions.hall.opening import why_not_now
from decisions.hall.policies import demand_clerk
from decisions.hall.questions import only_prepares, present_ids, quorum, room_of_people, rule_of_opening
from decisions.hall.session import lock_meeting
from decisions.hall.shortfall import NoQuorum, keeps_shortfall
from decisions.rules.models import VotingRuleSet, voting_rules_on
from decisions.rules.tally import Act


@keeps_shortfall
@service
def open_meeting(*, actor: Actor, meeting: Meeting) -> Sitting:
    """On its day and as its last notice called it (decisions/hall/opening.py), with the quorum of the body's ordinary
    rule (rules.md §2); a 书记专题会 has none, it only prepares and hears.

    What fell short is recorded, although the opening is refused.
    """
    meeting = lock_meeting(meeting.pk)
    demand_clerk(actor)
    move(meeting, "open", actor=actor)
    if words := why_not_now(meeting):
        raise Refused(words)
    rules = voting_rules_on(meeting.day)
    if rules is None:
        raise Refused("开会那天没有施行中的表决规则，不能开会。请秘书科先在「规则」里登记。")
    members = members_on(meeting.body, meeting.day)
    present = present_ids(meeting.pk)
    demand_chair(meeting.chair, meeting.day)
    _demand_chair(meeting, present)
    sentence = _demand_quorum(meeting, rules, members, present)
    record = seal("sitting/1", meeting, _content(meeting, rules, members, present, sentence), actor=actor)
    sitting = Sitting.objects.create(
        committee=actor.committee,
        meeting=meeting,
        rule_set=rules,
        chair=meeting.chair,
        opened_at=clock.now(),
        record=record,
    )
    DueMember.objects.bulk_create(_due_member(sitting, member, place) for place, member in enumerate(members, start=1))
    emit("meeting.opened", meeting, actor=actor)
    audit(actor, "open_meeting", meeting, quorum=sentence)
    return sitting


def _demand_chair(meeting: Meeting, present: set[int]) -> None:
    if meeting.chair_id not in present:
        raise Refused(
            f"主持人{meeting.chair.name}还没有签到，不能开会。请先为其签到；改由他人主持的，请先在会议方案里更改主持人。"
        )


def _demand_quorum(meeting: Meeting, rules: VotingRuleSet, members: list[Member], present: set[int]) -> str:
    """The sentence of the quorum, empty where the body needs none."""
    if only_prepares(meeting.body.kind):
        return ""
    rule = rule_of_opening(rules, meeting.body.kind)
    if rule is None:
        raise Refused(f"{rules}没有{meeting.body.name}的到会规则，不能开会。请秘书科先在「规则」里登记。")
    verdict = quorum(rule, room_of_people([member.person.pk for member in members if member.counts], present), Act.OPEN)
    if not verdict.met:
        raise NoQuorum(verdict.sentence, subject=meeting)
    return verdict.sentence


def _due_member(sitting: Sitting, member: Member, place: int) -> DueMember:
    return DueMember(
        committee_id=sitting.committee_id,
        sitting=sitting,
        seat=member.seat,
        person=member.person,
        name=member.person.name,
        post=member.post,
        rank_order=place,
        counts=member.counts,
        votes=member.counts and not member.suspended,
    )


def _content(
    meeting: Meeting, rules: VotingRuleSet, members: list[Member], present: set[int], sentence: str
) -> dict[str, Any]:
    """What is frozen: who was due, who had come, by which rules."""
    return {
        "meeting": {"id": meeting.pk, "title": meeting.full_title, "day": meeting.day, "place": meeting.place},
        "chair": meeting.chair.name,
        "rule_set": {"version": rules.version, "source": rules.source, "valid_from": rules.valid_from},
        "quorum": sentence,
        "members": [
            {
                "person": member.person.pk,
                "name": member.person.name,
                "post": member.post,
                "counts": member.counts,
                "present": member.person.pk in present,
            }
            for member in members
        ],
    }
