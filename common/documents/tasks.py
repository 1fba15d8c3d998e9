"""The worker that prints: kept warm, because a cold process takes seconds for its first page."""

import gc
import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_init

from common.documents.fonts import check_printing
from common.documents.render import warm_up
from common.documents.services.make_document import make_next

log = logging.getLogger("yishi.documents")
AT_ONCE = 100


@shared_task(name="common.documents.sweep")
def sweep() -> int:
    """Make the papers that wait, oldest first; two workers never make the same one."""
    made = last = 0
    while made < AT_ONCE and (pk := make_next(last)) is not None:
        made, last = made + 1, pk
    return made


@worker_init.connect
def get_ready(**_: Any) -> None:
    """Say what is missing for printing and load the renderer before the worker forks.

    What is loaded by then lives as long as the worker: frozen, it costs nothing when memory is given back.
    """
    missing = check_printing()
    for sentence in missing:
        log.warning(sentence)
    if not missing:
        warm_up()
    gc.freeze()
