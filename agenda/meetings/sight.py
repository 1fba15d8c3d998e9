"""How much of an agenda a person sees: members the whole, those called in only their entries (rules.md §4)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from agenda.meetings.policies import audits, closed_bodies, may_run
from agenda.meetings.programme import Line, Programme
from committee.bodies.questions import Member, members_on
from committee.roles.posts import own_persons, posts
from common.identity.actor import Actor


@dataclass(frozen=True)
class Sight:
    """`runs`: plans the meeting; `member`: sits in the body on its day; `whole`: sees every entry and its papers."""

    runs: bool
    member: bool
    whole: bool
    lines: list[Line]

    def paper_ids(self) -> set[int]:
        """Attachments that may be opened from this agenda."""
        return {paper.id for line in self.lines for paper in line.papers}


def sight_of(actor: Actor, programme: Programme, members: Iterable[Member] | None = None) -> Sight:
    """The office, 书记, the chair, members, standing attendants and the auditor see all; others where they or their
    units come.

    Of an item from which one is recused nothing but its title is left, whoever one is (rules.md §2).
    """
    meeting = programme.meeting
    if members is None:
        members = members_on(meeting.body, meeting.day)
    person, held = actor.person.pk, posts(actor)
    sits = meeting.body.kind not in closed_bodies(actor)
    member = sits and any(one.person.pk == person and one.acts for one in members)
    whole = may_run(actor) or held.is_secretary or (sits and meeting.chair_id == person) or member
    lines = [_as_open_to(own_persons(actor), line) for line in programme.lines]
    if whole or audits(actor) or programme.attends_throughout(person, held.head_of):
        return Sight(may_run(actor), member, True, lines)
    called = [line for line in lines if line.calls(person, held.head_of)]
    return Sight(False, False, False, called)


def _as_open_to(people: frozenset[int], line: Line) -> Line:
    """The line as it is; where one of these persons is recused from an item, without its papers and what it asks."""
    if not line.is_closed_to(people):
        return line
    matters = [
        matter if people.isdisjoint(matter.recused) else matter._replace(asked=(), papers=()) for matter in line.matters
    ]
    return replace(line, matters=matters)
