"""The request as views get it."""

from django.http import HttpRequest

from common.identity.actor import Actor
from common.identity.models import Account


class ActorRequest(HttpRequest):
    """A request behind ActorMiddleware: who asks is known."""

    actor: Actor
    user: Account
