"""The shared cast: people of the demo district as actors, and a stranger from the neighbour's.

`district` puts 云川区委 in scope for a test and gives its actors; tests are sentences about these people.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pytest
from django.test import Client

from committee.units.models import Unit
from common import clock
from common.identity.actor import Actor
from common.identity.models import Account, ActingFor, Person
from common.tenancy.models import Committee
from common.tenancy.scope import committee_scope

OWN, NEIGHBOUR = "中共云川区委", "中共澄江县委"


@dataclass
class District:
    """Looks people and units of one committee up by name."""

    committee: Committee

    def actor(self, name: str) -> Actor:
        """A person of the committee as one who acts, with a fresh memory."""
        return Actor(committee=self.committee, person=self.person(name), source="测试")

    def person(self, name: str) -> Person:
        return Person.everywhere.get(committee=self.committee, name=name)

    def client(self, name: str) -> Client:
        """A browser of this person's, signed in; who has no login in the demo gets one."""
        acting = ActingFor.everywhere.filter(person=self.person(name)).select_related("account").first()
        if acting is None:
            acting = ActingFor.everywhere.create(
                committee=self.committee,
                account=Account.objects.create_user(
                    f"login-{self.person(name).pk}", "x" * 12, label=name, home=self.committee
                ),
                person=self.person(name),
                valid_from=clock.today(),
                recorded_at=clock.now(),
            )
        client = Client()
        client.force_login(acting.account, "django.contrib.auth.backends.ModelBackend")
        return client

    def unit(self, short_name: str) -> Unit:
        return Unit.everywhere.get(committee=self.committee, short_name=short_name)

    @cached_property
    def secretary(self) -> Actor:
        """书记"""
        return self.actor("沈砚清")

    @cached_property
    def mayor(self) -> Actor:
        """区长"""
        return self.actor("陆景和")

    @cached_property
    def director(self) -> Actor:
        """区委办主任"""
        return self.actor("邵闻笛")

    @cached_property
    def office(self) -> Actor:
        """秘书科"""
        return self.actor("周予安")

    @cached_property
    def leader(self) -> Actor:
        """分管副区长 of 教体局, not a 常委"""
        return self.actor("闻人澈")

    @cached_property
    def head(self) -> Actor:
        """教体局负责人"""
        return self.actor("林知微")

    @cached_property
    def liaison(self) -> Actor:
        """教体局议题联络员"""
        return self.actor("梁思齐")

    @cached_property
    def other_liaison(self) -> Actor:
        """住建局议题联络员: of another unit"""
        return self.actor("温如故")

    @cached_property
    def lawyer(self) -> Actor:
        """合法性审查人"""
        return self.actor("卢正言")

    @cached_property
    def risk_reviewer(self) -> Actor:
        return self.actor("贺北辰")

    @cached_property
    def auditor(self) -> Actor:
        return self.actor("陆离")

    @cached_property
    def administrator(self) -> Actor:
        return self.actor("系统管理员")

    @cached_property
    def outsider(self) -> Actor:
        """候补委员 without any role"""
        return self.actor("夏知秋")


@pytest.fixture
def district(request: pytest.FixtureRequest) -> Iterator[District]:
    """云川区委 in scope. Uses `db` unless the test asked for real commits."""
    if not {"committed_db", "site"} & set(request.fixturenames):
        request.getfixturevalue("db")
    found = District(Committee.objects.get(short_name=OWN))
    with committee_scope(found.committee.pk):
        yield found


@pytest.fixture
def neighbour(district: District) -> District:
    """澄江县委, not in scope: `neighbour.actor("杜衡")` is its 秘书科; use committee_scope to act there."""
    return District(Committee.objects.get(short_name=NEIGHBOUR))
