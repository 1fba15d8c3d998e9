"""How tests of the hall open its pages and read what they say."""

import json
import re

from django.test import Client
from django.urls import reverse

from common.identity.models import ActingFor, Person

HTMX = {"HX-Request": "true"}


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(ActingFor.everywhere.get(person=person).account, "django.contrib.auth.backends.ModelBackend")
    return client


def at(name: str, *args: int) -> str:
    return reverse(f"decisions:{name}", args=args)


def words(answer) -> str:
    """What is read, without the marks and the breaks between them."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def shown_in(answer) -> dict[str, str]:
    """What the form keeps of what it showed: the questions, the decision that is corrected."""
    return dict(re.findall(r'name="(questions|seen)" value="([^"]*)"', answer.content.decode()))


def toast(answer) -> dict:
    return json.loads(answer["HX-Trigger"])["toast"]
