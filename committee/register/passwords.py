"""How a password is set for somebody else: by the installation's rules, said in whole sentences."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from common.identity.models import Account
from common.services import Refused


def set_password(account: Account, password: str) -> None:
    """Refuse what is short, common or like the login's name; does not save."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Refused("".join(error.messages), field="password") from error
    account.set_password(password)
