"""Gives a login a new password and unlocks it after too many wrong ones."""

from axes.models import AccessAttempt

from committee.register.passwords import set_password
from committee.register.policies import demand_account_manager
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Account
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
    """The login, locked; one that was opened by another committee is that committee's to open again."""
    demand_account_manager(actor)
    account = Account.objects.select_for_update().get(pk=account.pk)
    if account.home_id != actor.committee.pk:
        raise NotAllowed(
            "这个账号不是本党委开通的，重设密码和解锁由开通它的党委的系统管理员办理；使用人也可自行修改密码。"
        )
    return account
