"""What pages keep holds until anybody's service has written, in whatever order transactions commit."""

import threading
from itertools import count

import pytest
from django.db import connection, connections, transaction

from common.audit.kept import kept
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Account
from common.tenancy.scope import committee_scope
from tests.support.cast import District

asked = count(1)


def number(actor: Actor, name: str = "how many there are") -> int:
    """What a further request of this person is answered: a new number where it was asked anew."""
    again = Actor(committee=actor.committee, person=actor.person, by_staff=actor.by_staff)
    return kept(again, name, lambda: next(asked))


@pytest.mark.usefixtures("committed_db")
def test_an_answer_holds_until_anybody_has_written(district: District) -> None:
    first = number(district.office)
    assert number(district.office) == first
    audit(district.liaison, "tried", district.liaison.person)
    second = number(district.office)
    assert second != first
    assert number(district.office) == second


@pytest.mark.usefixtures("committed_db")
def test_everybody_and_every_question_has_an_answer_of_its_own(district: District) -> None:
    clerk = Actor(committee=district.committee, person=district.secretary.person, by_staff=True)
    answers = [number(district.office), number(district.secretary), number(clerk), number(district.office, "another")]
    assert len(set(answers)) == 4


@pytest.mark.usefixtures("committed_db")
def test_who_commits_late_with_an_earlier_row_is_seen(district: District) -> None:
    """卢正言 wrote first and commits last: after 周予安's row the newest is the same, and yet the answer is another."""
    written, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        with committee_scope(district.committee.pk), transaction.atomic():
            audit(district.lawyer, "tried", district.lawyer.person)
            written.set()
            go_on.wait(10)
        connections.close_all()

    late = threading.Thread(target=slowly)
    late.start()
    assert written.wait(10)
    audit(district.office, "tried", district.office.person)
    before = number(district.office)
    go_on.set()
    late.join(10)
    assert number(district.office) != before


@pytest.mark.usefixtures("committed_db")
def test_much_written_elsewhere_before_and_after_hides_no_writing_here(district: District, neighbour: District) -> None:
    """An import of the neighbour's fills the log; between two of them 周予安 writes one row."""

    def import_much() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('common_auditentry', 'id')) FROM generate_series(1, 3000)"
            )
        with committee_scope(neighbour.committee.pk):
            audit(neighbour.actor("杜衡"), "imported", neighbour.person("杜衡"))

    import_much()
    before = number(district.office)
    audit(district.office, "tried", district.office.person)
    import_much()
    assert number(district.office) != before


@pytest.mark.usefixtures("committed_db")
def test_two_delegates_of_one_person_share_no_answer(district: District) -> None:
    """What one of them may not see, being recused himself, the other may."""
    logins = Account.objects.order_by("pk")[:2]
    who = [Actor(district.committee, district.secretary.person, account, by_staff=True) for account in logins]
    first, second = (kept(actor, "how many there are", lambda: next(asked)) for actor in who)
    assert first != second


@pytest.mark.usefixtures("committed_db")
def test_what_is_not_committed_is_told_to_nobody_else(district: District) -> None:
    outside = number(district.office)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE common_person SET phone = '1' WHERE id = %s", [district.office.person.pk])
        inside = number(district.office)
        transaction.set_rollback(True)
    assert inside != outside
    assert number(district.office) == outside
