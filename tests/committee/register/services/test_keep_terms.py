"""Terms follow each other; one is lengthened with its basis, and never beyond the next."""

from datetime import date

from committee.bodies.models import Term
from committee.bodies.questions import term_on
from committee.register.services.keep_terms import add_term, extend_term
from tests.committee.refusals import database_refuses, not_allowed, refused, sql, verbs
from tests.support.cast import District

NINTH = {"number": 9, "starts_on": date(2031, 7, 18), "ends_on": date(2036, 7, 17)}


def eighth() -> Term:
    return Term.objects.get(number=8)


def test_the_next_term_is_entered(district: District) -> None:
    term = add_term(actor=district.office, **NINTH)
    assert term_on(date(2031, 7, 18)) == term
    assert term_on(date(2031, 7, 17)) == eighth()
    assert verbs(term) == ["add_term"]


def test_terms_do_not_overlap(district: District) -> None:
    with refused("与第8届（2026年7月18日至2031年7月17日）的日期重叠"):
        add_term(actor=district.office, **{**NINTH, "starts_on": date(2031, 7, 17)})
    with refused("届满日须在起始日之后"):
        add_term(actor=district.office, **{**NINTH, "ends_on": NINTH["starts_on"]})
    assert Term.objects.count() == 1


def test_a_term_is_lengthened_with_its_basis(district: District) -> None:
    term = extend_term(actor=district.office, term=eighth(), extended_to=date(2032, 1, 31), basis="市委批复〔2031〕9号")
    assert term_on(date(2032, 1, 31)) == term
    assert verbs(term)[-1] == "extend_term"


def test_lengthening_needs_a_later_day_a_basis_and_room(district: District) -> None:
    with refused("须写明批准的依据"):
        extend_term(actor=district.office, term=eighth(), extended_to=date(2032, 1, 31), basis=" ")
    with refused("须在 2031年7月17日 之后"):
        extend_term(actor=district.office, term=eighth(), extended_to=date(2031, 7, 17), basis="批复")
    add_term(actor=district.office, **NINTH)
    with refused("延期不能越过它"):
        extend_term(actor=district.office, term=eighth(), extended_to=date(2032, 1, 31), basis="批复")
    assert eighth().extended_to is None


def test_a_leader_may_not_lengthen_his_own_term(district: District) -> None:
    with not_allowed():
        extend_term(actor=district.secretary, term=eighth(), extended_to=date(2032, 1, 31), basis="批复")
    with not_allowed():
        add_term(actor=district.secretary, **NINTH)


def test_the_database_holds_a_term_around_its_seats(district: District) -> None:
    with database_refuses("本届已有席位"):
        sql("UPDATE committee_term SET starts_on = '2026-08-01' WHERE number = 8 AND id = %s", eighth().pk)
    with database_refuses("term_extension_has_basis"):
        sql("UPDATE committee_term SET extended_to = '2032-01-01' WHERE id = %s", eighth().pk)


def test_two_clerks_at_once_enter_no_overlapping_terms(district: District) -> None:
    """What the second one's service could not see the database refuses, with the service's sentence."""
    with database_refuses("terms_follow_each_other"):
        sql(
            "INSERT INTO committee_term (committee_id, number, starts_on, ends_on, extension_basis)"
            " VALUES (%s, 9, '2031-07-17', '2036-07-16', '')",
            district.committee.pk,
        )
    extend_term(actor=district.office, term=eighth(), extended_to=date(2031, 12, 31), basis="市委批复")
    with database_refuses("terms_follow_each_other"):
        sql(
            "INSERT INTO committee_term (committee_id, number, starts_on, ends_on, extension_basis)"
            " VALUES (%s, 9, '2031-12-31', '2036-12-30', '')",
            district.committee.pk,
        )
    assert Term.objects.count() == 1
