"""The administrator resets passwords and unlocks logins of the committee's own people only."""

from axes.models import AccessAttempt

from committee.register.services.keep_passwords import reset_password, unlock_account
from common.identity.models import Account
from common.tenancy.scope import committee_scope
from tests.committee.refusals import not_allowed, refused, verbs
from tests.support.cast import District

PASSWORD = "qingning-2026-11"


def login(name: str = "jiaotiju") -> Account:
    return Account.objects.get(username=name)


def test_a_reset_password_must_be_changed_at_once(district: District) -> None:
    reset_password(actor=district.administrator, account=login(), password=PASSWORD)
    assert login().check_password(PASSWORD)
    assert login().must_change_password
    assert verbs(login()) == ["reset_password"]


def test_nobody_else_resets_and_weak_ones_are_refused(district: District) -> None:
    before = login().password
    for actor in (district.office, district.secretary, district.head):
        with not_allowed():
            reset_password(actor=actor, account=login(), password=PASSWORD)
    with refused():
        reset_password(actor=district.administrator, account=login(), password="jiaotiju")
    assert login().password == before


def test_a_login_of_another_committee_is_left_alone(district: District, neighbour: District) -> None:
    with committee_scope(neighbour.committee.pk), not_allowed():
        reset_password(actor=neighbour.administrator, account=login(), password=PASSWORD)
    assert not login().check_password(PASSWORD)


def test_a_locked_login_is_unlocked(district: District) -> None:
    AccessAttempt.objects.create(username="jiaotiju", ip_address="10.0.0.1", failures_since_start=5)
    with not_allowed():
        unlock_account(actor=district.office, account=login())
    unlock_account(actor=district.administrator, account=login())
    assert not AccessAttempt.objects.exists()
    assert verbs(login()) == ["unlock_account"]
    unlock_account(actor=district.administrator, account=login())
    assert verbs(login()) == ["unlock_account"], "nothing was locked any more"
