"""How a vote begins, and what every beginning demands; for services that hold the locks."""

from collections.abc import Collection

from agenda.meetings.models import AgendaEntry
from agenda.rules.models import DECIDING
from common import clock
from common.identity.actor import Actor
from common.services import Refused
from decisions.hall.models import EntryNote, Sitting
from decisions.hall.questions import only_prepares, present_ids, quorum, recused_ids, room_at, room_of, rule_for
from decisions.hall.shortfall import NoQuorum
from decisions.hall.speaking import demand_all_heard, speaking_now
from decisions.rules.models import VotingRule
from decisions.rules.tally import Act
from decisions.votes.locks import open_round_of
from decisions.votes.models import Question, Round, RoundMember
from decisions.votes.workflow import RoundState


def demand_quorum(sitting: Sitting, entry: AgendaEntry, act: Act) -> str:
    """The sentence of the quorum for this entry now; empty for a body that only prepares."""
    rule = rule_for(sitting, entry)
    if rule is None:
        if only_prepares(sitting.meeting.body.kind):
            return ""
        raise Refused(f"{sitting.rule_set}没有{sitting.meeting.body.name}处理这类事项的规则。请把本项缓议。")
    verdict = quorum(rule, room_at(sitting, entry), act)
    if not verdict.met:
        raise NoQuorum(verdict.sentence, subject=entry)
    return verdict.sentence


def start_round(
    actor: Actor,
    sitting: Sitting,
    entry: AgendaEntry,
    question: Question,
    form: str,
    reason: str,
    *,
    also_recused: Collection[int] = (),
) -> Round:
    """The rules of every vote, whatever its form; the caller holds the locks.

    `also_recused`: from this name of a secret ballot alone. Such a ballot opens the rounds of all its names at once.
    """
    rule = demand_votable(sitting, entry, question, form)
    if rule.statements:
        demand_all_heard(speaking_now(sitting, entry), "规则规定逐一表态以后才能表决")
    _demand_first_or_reason(actor, entry, question, reason)
    members = [member for member in sitting.due_members.all() if member.counts]
    present, recused = present_ids(sitting.meeting_id), recused_ids(entry) | set(also_recused)
    verdict = quorum(rule, room_of(members, present, recused), Act.VOTE)
    if not verdict.met:
        raise NoQuorum(verdict.sentence, subject=entry)
    round_ = Round.objects.create(
        committee=actor.committee,
        question=question,
        sitting=sitting,
        no=question.rounds.count() + 1,
        form=form,
        rule=rule,
        due=len(members),
        opened_at=clock.now(),
    )
    RoundMember.objects.bulk_create(
        RoundMember(
            committee=actor.committee,
            round=round_,
            person_id=member.person_id,
            name=member.name,
            rank_order=member.rank_order,
            present=member.person_id in present,
            recused=member.person_id in recused,
            entitled=member.votes and member.person_id in present and member.person_id not in recused,
        )
        for member in members
    )
    return round_


def demand_votable(sitting: Sitting, entry: AgendaEntry, question: Question, form: str) -> VotingRule:
    """The rule that decides the vote, if it may be taken at all in this form."""
    if only_prepares(sitting.meeting.body.kind):
        raise Refused("书记专题会只酝酿、不表决。需要决定的，请提请常委会。")
    if entry.handling not in DECIDING:
        raise Refused(f"「{entry}」是{entry.get_handling_display()}，不表决。")
    if question.dropped_at:
        raise Refused("这一事项已经撤下，不能表决。")
    other = open_round_of(entry)
    if other and not (form == other.form == Round.Form.SECRET and other.question_id != question.pk):
        raise Refused("本项另有表决正在进行。请先宣布结果或作废。")
    rule = rule_for(sitting, entry)
    if rule is None:
        raise Refused(f"{sitting.rule_set}没有{sitting.meeting.body.name}处理这类事项的规则，不能表决。请把本项缓议。")
    if form not in rule.forms:
        raise Refused(forms_words(rule))
    return rule


def forms_words(rule: VotingRule) -> str:
    """Why this form is not allowed, and which are."""
    labels = dict(Round.Form.choices)
    allowed = "、".join(str(labels[form]) for form in rule.forms if form in labels)
    if rule.forms == [Round.Form.SECRET]:
        return f"规则规定{rule.get_matter_display()}无记名票决，请由秘书科拟定票决。"
    return f"规则规定{rule.get_matter_display()}以{allowed}方式表决，请改用其中一种。"


def _demand_first_or_reason(actor: Actor, entry: AgendaEntry, question: Question, reason: str) -> None:
    closed = question.rounds.filter(state=RoundState.CLOSED).select_related("result").last()
    if closed is None:
        return
    if not reason:
        raise Refused(f"这一事项已经表决：{closed.result.sentence}确需重新表决的，请写明理由。", field="reason")
    EntryNote.objects.create(
        committee=actor.committee,
        entry=entry,
        kind=EntryNote.Kind.NOTE,
        text=f"「{question}」重新表决：{reason}",
        at=clock.now(),
        entered_by=actor.person,
    )
