"""Gives a login a new password and unlocks it after too many wrong ones."""

from axes.models import AccessAttempt

from committee.register.passwords import set_password
from committee.register.policies import demand_account_manager
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Account, ActingFor
from common.services import NotAllowed, nothing_to_do, service


@service
def reset_password(*, actor: Actor, account: Account, password: str) -> Account:
    """A new password that must be changed at once; whoever is signed in with the old one is signed out."""
    account = _own_account(actor, account)
    set_password(account, password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    audit(actor, "reset_password", account, label=account.username)
    return account


@service
def unlock_account(*, actor: Actor, account: Account) -> Account:
    """Forget the wrong passwords that locked a login, so that its owner may try again."""
    account = _own_account(actor, account)
    forgotten, _ = AccessAttempt.objects.filter(username=account.username).delete()
    if forgotten:
        audit(actor, "unlock_account", account, label=account.username)
    else:
        nothing_to_do()
    return account


def _own_account(actor: Actor, account: Account) -> Account:
    """The login, locked; one that also acts for people of other committees is not this administrator's to open."""
    demand_account_manager(actor)
    account = Account.objects.select_for_update().get(pk=account.pk)
    elsewhere = ActingFor.everywhere.on(clock.today()).filter(account=account).exclude(committee=actor.committee)
    if elsewhere.exists():
        raise NotAllowed("这个账号还代表其他党委的人员，本党委的管理员不能重设。请使用人自行修改密码。")
    return account
