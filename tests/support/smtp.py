"""A real SMTP server on the loopback that can also refuse, or vanish after it has taken a message."""

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Literal

import pytest
from aiosmtpd.controller import Controller


class Postman:
    """Takes messages into `messages`; `mood` says how it answers the next ones."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.mood: Literal["accept", "refuse", "vanish"] = "accept"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.mood == "refuse":
            return "554 5.7.1 refused"
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.mood == "vanish":
            server.transport.abort()
        return "250 2.0.0 taken"


@pytest.fixture
def smtp(settings: Any) -> Iterator[Postman]:
    """A running mail server that the program's settings point to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    postman = Postman()
    controller = Controller(postman, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield postman
    controller.stop()
