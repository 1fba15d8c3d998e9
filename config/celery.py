"""Celery: tasks are entry points with ids in; beat looks for due rows each minute, nothing is scheduled by eta."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("yishi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    ["common.outbox", "common.mail", "common.files", "common.documents", "agenda.items", "decisions.minutes"],
)
