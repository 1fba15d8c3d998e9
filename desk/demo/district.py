"""Builds the demo district through the same services that a real office uses."""

from datetime import date

from agenda.rules.services.adopt_matters import adopt_matters
from agenda.rules.services.adopt_rules import adopt_agenda_rules
from committee.bodies.models import Body, Seat
from committee.division.lines import LineInput
from committee.division.services.draft_division import save_lines, start_division
from committee.division.services.put_in_force import put_in_force
from committee.register.services.found_committee import found_committee
from committee.register.services.keep_accounts import open_account
from committee.register.services.keep_people import add_person
from committee.register.services.keep_roles import assign_role
from committee.register.services.keep_seats import seat_person
from committee.register.services.keep_terms import add_term
from committee.register.services.keep_units import add_unit
from committee.register.services.set_places import set_places
from committee.roles.models import Role
from committee.units.models import Unit
from common.calendar.publish import load_published_days
from common.identity.actor import Actor
from common.identity.models import Person
from common.numbers.give import start_series_at
from common.tenancy.models import Committee
from common.tenancy.scope import committee_scope
from decisions.rules.services.adopt_rules import adopt_voting_rules
from desk.demo import people

ELECTED = date(2026, 7, 18)
GENDERS = {"男": Person.Gender.MALE, "女": Person.Gender.FEMALE}
SOURCE = "云川区委议事规则（2026年修订）"


def build_district() -> Actor:
    """云川区委 as on 2026-11-16: people, units, seats, roles, division, rules, running numbers. Needs no committee."""
    load_published_days()
    actor = found_committee(
        name="中国共产党清宁市云川区委员会",
        short_name="中共云川区委",
        area_name="云川区",
        office_word="区委",
        level=Committee.Level.COUNTY,
        day=ELECTED,
        source="演示数据",
    )
    with committee_scope(actor.committee.pk):
        persons = _people(actor)
        units = _units(actor, persons)
        _seats(actor, persons)
        _roles(actor, persons)
        adopt_matters(actor=actor, valid_from=ELECTED, source=SOURCE)
        adopt_agenda_rules(actor=actor, valid_from=ELECTED, source=SOURCE)
        adopt_voting_rules(actor=actor, valid_from=ELECTED, source=SOURCE)
        office = Actor(committee=actor.committee, person=persons["周予安"], source="演示数据")
        _division(office, persons, units)
        # Twenty meetings of 2026 were held on paper before the program came.
        for kind, year in (("meeting_year:standing", 2026), ("meeting_term:standing", 8), ("minutes:standing", 2026)):
            start_series_at(kind, year, 20, actor=actor)
    return actor


def build_neighbour() -> Actor:
    """A second committee in the same database, for tests of isolation: namesakes, its own units and rules."""
    actor = found_committee(
        name="中国共产党清宁市澄江县委员会",
        short_name="中共澄江县委",
        area_name="澄江县",
        office_word="县委",
        level=Committee.Level.COUNTY,
        day=ELECTED,
        source="演示数据",
    )
    with committee_scope(actor.committee.pk):
        persons = {
            name: add_person(actor=actor, name=name, gender=GENDERS[gender], ethnicity=ethnicity, rank_order=rank)
            for rank, (name, gender, ethnicity, _) in enumerate(people.ALTERNATES, start=1)
        }
        secretary, director, clerk, head, liaison, _ = persons.values()
        term = add_term(actor=actor, number=15, starts_on=ELECTED, ends_on=date(2031, 7, 17))
        body = Body.objects.get(kind=Body.Kind.STANDING)
        for person, kind in ((secretary, Seat.Kind.SECRETARY), (director, Seat.Kind.STANDING_MEMBER)):
            seat_person(
                actor=actor,
                body=body,
                term=term,
                person=person,
                kind=kind,
                valid_from=ELECTED,
                rank_order=person.rank_order,
            )
        unit = add_unit(
            actor=actor, short_name="教体局", full_name="县教育和体育局", kind=Unit.Kind.GOVERNMENT, valid_from=ELECTED
        )
        for person, role, of in (
            (director, Role.OFFICE_DIRECTOR, None),
            (clerk, Role.SECRETARIAL_SECTION, None),
            (head, Role.UNIT_HEAD, unit),
            (liaison, Role.ITEM_LIAISON, unit),
        ):
            assign_role(actor=actor, person=person, role=role, unit=of, valid_from=ELECTED)
        adopt_matters(actor=actor, valid_from=ELECTED, source="澄江县委议事规则")
        adopt_agenda_rules(actor=actor, valid_from=ELECTED, source="澄江县委议事规则")
        adopt_voting_rules(actor=actor, valid_from=ELECTED, source="澄江县委议事规则")
    return actor


def open_accounts(actor: Actor) -> None:
    """Logins of the demo, all with the printed password."""
    with committee_scope(actor.committee.pk):
        for username, name in people.ACCOUNTS:
            person = Person.objects.get(name=name)
            open_account(
                actor=actor, person=person, username=username, password=people.PASSWORD, must_change_password=False
            )


def _people(actor: Actor) -> dict[str, Person]:
    roster = (*people.STANDING, *people.MEMBERS, *people.ALTERNATES)
    persons = {
        name: add_person(
            actor=actor, name=name, gender=GENDERS[gender], ethnicity=f"{ethnicity}族", post_title=post, rank_order=rank
        )
        for rank, (name, gender, ethnicity, post) in enumerate(roster, start=1)
    }
    for short_name, _, _, _, liaison, phone in people.UNITS:
        if liaison not in persons:
            persons[liaison] = add_person(actor=actor, name=liaison, post_title=f"{short_name}议题联络员", phone=phone)
    return persons


def _units(actor: Actor, persons: dict[str, Person]) -> dict[str, Unit]:
    units = {}
    for rank, (short_name, full_name, kind, head, liaison, phone) in enumerate(people.UNITS, start=1):
        unit = units[short_name] = add_unit(
            actor=actor,
            short_name=short_name,
            full_name=full_name,
            kind=kind,
            rank_order=rank,
            phone=phone,
            valid_from=ELECTED,
        )
        for person, role in ((head, Role.UNIT_HEAD), (liaison, Role.ITEM_LIAISON)):
            assign_role(actor=actor, person=persons[person], role=role, unit=unit, valid_from=ELECTED)
    return units


def _seats(actor: Actor, persons: dict[str, Person]) -> None:
    term = add_term(actor=actor, number=8, starts_on=ELECTED, ends_on=date(2031, 7, 17))
    standing = Body.objects.get(kind=Body.Kind.STANDING)
    plenary = Body.objects.get(kind=Body.Kind.PLENARY)
    basis = "区第八次党代会选举办法"
    set_places(actor=actor, body=standing, members=11, basis=basis, valid_from=ELECTED)
    set_places(actor=actor, body=plenary, members=40, alternates=6, basis=basis, valid_from=ELECTED)
    first = {"沈砚清": Seat.Kind.SECRETARY, "陆景和": Seat.Kind.DEPUTY_SECRETARY, "顾维桢": Seat.Kind.DEPUTY_SECRETARY}
    roster = (
        (people.STANDING, Seat.Kind.STANDING_MEMBER, (standing, plenary)),
        (people.MEMBERS, Seat.Kind.COMMITTEE_MEMBER, (plenary,)),
        (people.ALTERNATES, Seat.Kind.ALTERNATE_MEMBER, (plenary,)),
    )
    for rows, kind, bodies in roster:
        for name, _, _, post in rows:
            for body in bodies:
                seat_person(
                    actor=actor,
                    body=body,
                    term=term,
                    person=persons[name],
                    kind=first.get(name, kind),
                    post=post,
                    rank_order=persons[name].rank_order,
                    valid_from=date(2026, 9, 2) if name == "雷定远" else ELECTED,
                )


def _roles(actor: Actor, persons: dict[str, Person]) -> None:
    for name, role in (
        ("周予安", Role.SECRETARIAL_SECTION),
        ("邵闻笛", Role.OFFICE_DIRECTOR),
        ("陆景和", Role.MAYOR),
        ("岑以宁", Role.DEPUTY_MAYOR),
        ("闻人澈", Role.DEPUTY_MAYOR),
        ("祁连山", Role.DEPUTY_MAYOR),
        ("邬思远", Role.DEPUTY_MAYOR),
        ("卢正言", Role.LEGAL_REVIEWER),
        ("贺北辰", Role.RISK_REVIEWER),
        ("陆离", Role.AUDITOR),
    ):
        assign_role(actor=actor, person=persons[name], role=role, valid_from=ELECTED)


def _division(actor: Actor, persons: dict[str, Person], units: dict[str, Unit]) -> None:
    lines = [
        LineInput(
            person=persons[name],
            post_title=post,
            work=work,
            in_charge_of=[units[unit] for unit in charge.split()],
            liaison_for=[units[unit] for unit in liaison.split()],
            backup=persons.get(backup),
        )
        for name, post, work, charge, liaison, backup in people.DIVISION
    ]
    division = start_division(actor=actor, title="区委常委和区政府领导分工一览表")
    division = save_lines(actor=actor, division=division, lines=lines, revision=0)
    put_in_force(
        actor=actor,
        division=division,
        valid_from=date(2026, 9, 10),
        basis="2026年9月10日区委常委会第14次会议通过",
    )
