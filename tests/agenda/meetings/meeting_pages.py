"""How tests of meetings open their pages and read what they say."""

import re

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from common.identity.models import ActingFor, Person


def at(name: str, *args: object, **kwargs: object) -> str:
    return reverse(f"agenda:{name}", args=args, kwargs=kwargs)


def seen_on(page: HttpResponse) -> list[str]:
    """The marks that a page posts back, form by form."""
    return re.findall(r'name="seen" value="(\w+)"', page.content.decode())


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(ActingFor.everywhere.get(person=person).account, "django.contrib.auth.backends.ModelBackend")
    return client


def text(answer) -> str:
    return answer.content.decode()


def words(answer) -> str:
    """What is read, without the marks."""
    return re.sub(r"<[^>]*>", "", text(answer))
