"""Every state × verb × role: what each person of the cast may do with an item in each state, written out.

A cell says what happens: `y` it is done; `-` refused for the person (NotAllowed), `x` refused for the state or a rule
though the person may. Nothing is written where it is refused. The moves of the meeting (schedule, hear …) belong to
the meeting's services; which pairs of states the database admits is the second table.
"""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from agenda.items.models import Item, ItemDraft
from agenda.items.services.accept_item import accept_item
from agenda.items.services.add_attachment import add_attachment
from agenda.items.services.approve_urgent import approve_urgent
from agenda.items.services.ask_urgent import ask_urgent
from agenda.items.services.record_opinion import record_opinion
from agenda.items.services.revise_item import revise_item
from agenda.items.services.save_draft import save_draft
from agenda.items.services.send_back import send_back
from agenda.items.services.sign_item import sign_item
from agenda.items.services.submit_item import submit_item
from agenda.items.services.waive_check import waive_check
from agenda.items.services.withdraw_item import withdraw_item
from agenda.items.workflow import WORKFLOW, ItemState
from common.identity.actor import Actor
from common.workflow import move
from tests.support import stories
from tests.support.cast import District
from tests.support.tables import happens, read_table

STATES = ItemState.values
ROLES = [
    *("liaison", "head", "other_liaison", "office", "director", "leader"),
    *("mayor", "secretary", "lawyer", "risk_reviewer", "auditor", "outsider"),
]

# Columns are STATES in order; roles that are not named may not, and before filing there is no rule to ask whose check
# it is, so that the state is refused first. The item is 城东学校; when signing, its head's turn.
TABLE = """
verb            role            draft subm vett sign read sche deli hear retu with
save_draft      liaison,head      y    y    y    y    y    x    x    x    y    x
add_attachment  liaison,head      y    y    y    y    y    x    x    x    y    x
submit          liaison,head      y    x    x    x    x    x    x    x    y    x
revise          liaison,head      x    y    y    y    y    x    x    x    x    x
withdraw        liaison,head      y    y    y    y    y    x    x    x    y    x
ask_urgent      liaison,head      x    y    y    y    y    x    x    x    x    x
approve_urgent  secretary         x    x    x    x    x    x    x    x    x    x
accept          office,director   x    y    x    x    x    x    x    x    x    x
send_back       office,director   x    y    y    y    y    x    x    x    x    x
send_back       head              -    -    -    y    -    -    -    -    -    -
legal_review    lawyer            x    x    y    y    y    x    x    x    x    x
legal_review    *                 x    -    -    -    -    -    -    -    -    -
risk_review     risk_reviewer     x    x    y    y    y    x    x    x    x    x
risk_review     *                 x    -    -    -    -    -    -    -    -    -
research        head              x    x    y    y    y    x    x    x    x    x
research        *                 x    -    -    -    -    -    -    -    -    -
expert_review   liaison           x    x    y    y    y    x    x    x    x    x
expert_review   *                 x    -    -    -    -    -    -    -    -    -
waive_expert    director          x    x    y    x    x    x    x    x    x    x
waive_expert    *                 x    -    -    -    -    -    -    -    -    -
sign            head              x    x    x    y    x    x    x    x    x    x
sign            *                 x    x    x    -    x    x    x    x    x    x
"""


def digest(item: Item) -> str:
    return item.current_version.digest if item.current_version else "0" * 64


def check(kind: str) -> Callable[[Item, Actor], object]:
    def verb(item: Item, actor: Actor) -> object:
        file = stories.full_file(kind)
        return record_opinion(
            actor=actor, item=item, kind=kind, conclusion=stories.PASSES[kind], digest=digest(item), **file
        )

    return verb


VERBS: dict[str, Callable[[Item, Actor], object]] = {
    "save_draft": lambda item, actor: save_draft(actor=actor, item=item, content={"title": "改"}, revision=1),
    "add_attachment": lambda item, actor: add_attachment(actor=actor, item=item, name="a.pdf", data=stories.pdf()),
    "submit": lambda item, actor: submit_item(actor=actor, item=item),
    "revise": lambda item, actor: revise_item(actor=actor, item=item, reason="改"),
    "withdraw": lambda item, actor: withdraw_item(actor=actor, item=item, reason="不议"),
    "ask_urgent": lambda item, actor: ask_urgent(actor=actor, item=item, reason="急"),
    "approve_urgent": lambda item, actor: approve_urgent(actor=actor, item=item, digest=digest(item)),
    "accept": lambda item, actor: accept_item(actor=actor, item=item),
    "send_back": lambda item, actor: send_back(actor=actor, item=item, reason="再核"),
    "legal_review": check("legal"),
    "risk_review": check("risk"),
    "research": check("research"),
    "expert_review": check("expert"),
    "waive_expert": lambda item, actor: waive_check(
        actor=actor, item=item, kind="expert", digest=digest(item), reason="不涉及"
    ),
    "sign": lambda item, actor: sign_item(actor=actor, item=item, digest=digest(item)),
}


def in_state(district: District, state: str) -> Item:
    """城东学校 in this state; what only meetings do is done as their services do it."""
    early = {
        "draft": stories.drafted_item,
        "submitted": stories.filed_item,
        "vetting": stories.accepted_item,
        "signing": stories.vetted_item,
        "ready": stories.ready_item,
    }
    if state in early:
        return early[state](district)
    if state in ("returned", "withdrawn"):
        item = stories.filed_item(district)
        move(item, "send_back" if state == "returned" else "withdraw", actor=district.office, reason="测试")
        return item
    item = stories.ready_item(district)
    move(item, "schedule", actor=district.office)
    if state != "scheduled":
        move(item, "hear" if state == "heard" else "deliberate", actor=district.office)
    return item


def attempt(item: Item, verb: str, actor: Actor) -> str:
    return happens(VERBS[verb], Item.objects.get(pk=item.pk), actor)


@pytest.mark.parametrize("state", STATES)
def test_what_each_role_may_do_in_each_state(district: District, state: str) -> None:
    item = in_state(district, state)
    assert item.state == state
    revision = ItemDraft.objects.get(item=item).revision
    table = read_table(TABLE, STATES, VERBS, ROLES)
    with stories.nothing_changes(item):
        found = {(verb, role): attempt(item, verb, getattr(district, role)) for verb in VERBS for role in ROLES}
    assert found == {(verb, role): table[state, verb, role] for verb in VERBS for role in ROLES}
    assert revision == 1


# Which verbs lead from one state to another; every other pair is refused by the database itself.
PAIRS = {
    "draft": "submitted withdrawn",
    "submitted": "vetting submitted returned withdrawn",
    "vetting": "submitted signing returned withdrawn",
    "signing": "submitted vetting ready returned withdrawn",
    "ready": "submitted vetting scheduled returned withdrawn",
    "scheduled": "ready deliberated heard",
    "deliberated": "",
    "heard": "",
    "returned": "submitted withdrawn",
    "withdrawn": "",
}


def test_the_transition_table_is_the_one_written_out() -> None:
    assert WORKFLOW.pairs() == {(source, target) for source in PAIRS for target in PAIRS[source].split()}
    assert list(PAIRS) == STATES


@pytest.mark.parametrize("state", STATES)
def test_the_database_admits_these_pairs_and_no_other(district: District, state: str) -> None:
    item = in_state(district, state)
    admitted = set()
    for target in STATES:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("UPDATE agenda_item SET state = %s WHERE id = %s", [target, item.pk])
                transaction.set_rollback(True)
        except DatabaseError:
            continue
        admitted.add(target)
    without_version = {"submitted"} if state == "draft" else set()  # a filed item has a number and a version
    assert admitted == {state, *PAIRS[state].split()} - without_version
