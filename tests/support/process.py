"""Each pytest process (each xdist worker too) has a database, folder, clock and Redis prefix of its own."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

NAME = f"test_{os.getpid()}"
FOLDER = Path(tempfile.mkdtemp(prefix="yishi-pytest-"))


def enter() -> None:
    """Sets the variables that config/settings.py reads; processes that a test starts inherit them."""
    if "YISHI_DB_OWNER_PASSWORD" not in os.environ:
        leave()
        raise pytest.UsageError(
            "没有测试用的服务器。请运行 ./bin/test，或先运行 ./bin/test --servers 再 source 它说的 env 文件。"
        )
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright keeps an event loop in the thread that runs the tests
        "YISHI_MODE": "test",
        "YISHI_DB_NAME": NAME,
        "YISHI_DATA_DIR": str(FOLDER),
        "YISHI_CLOCK_FILE": str(FOLDER / "clock"),
    }
    (FOLDER / "static").mkdir()


def begin() -> None:
    """Enters and sets Django up; nothing that reads settings may be imported before."""
    enter()
    import django

    django.setup()
    settle()


def settle() -> None:
    """After Django's setup: lets xdist's workers read settings of their own, and keeps Redis keys apart."""
    from django.conf import settings

    # A worker that inherited it would read the settings before it has names of its own.
    del os.environ["DJANGO_SETTINGS_MODULE"]

    settings.CACHES["default"]["KEY_PREFIX"] = NAME
    settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"] = f"{NAME}:"


def forget_redis() -> None:
    """Deletes the keys that this process wrote."""
    import redis
    from django.conf import settings

    for number in (0, 1):  # broker, cache
        with redis.Redis.from_url(f"{settings.REDIS_URL}?db={number}") as client:
            for key in client.scan_iter(f"*{NAME}:*", count=1000):
                client.delete(key)


def leave() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
