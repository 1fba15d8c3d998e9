"""Reads a workbook in a process of its own, so that no file can hold up or bring down the program that serves."""

import multiprocessing
import resource
from datetime import date
from multiprocessing.connection import Connection

from desk.imports.names import Known
from desk.imports.reading import Reading, read_workbook
from desk.imports.safety import RefusalCode, WorkbookRefused, refuse

LONGEST_SECONDS = 60
LARGEST_MEMORY = 2 * 1024**3


def read_apart(data: bytes, *, known: Known, today: date) -> Reading:
    """As `read_workbook`; what takes over a minute or 2 GB is too large. The reader's own bounds are lower."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe(duplex=False)
    process = spawning.Process(target=_read, args=(theirs, data, known, today), daemon=True)
    process.start()
    theirs.close()
    try:
        answer = ours.recv() if ours.poll(LONGEST_SECONDS) else RefusalCode.TOO_MANY_CELLS
    except EOFError:  # it ended without an answer: out of memory
        answer = RefusalCode.TOO_MANY_CELLS
    finally:
        process.kill()
        process.join()
        ours.close()
    if isinstance(answer, RefusalCode):
        refuse(answer)
    if isinstance(answer, BaseException):
        raise answer
    return answer


def _read(answer: Connection, data: bytes, known: Known, today: date) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY, LARGEST_MEMORY))
    try:
        answer.send(read_workbook(data, known=known, today=today))
    except WorkbookRefused as refusal:
        answer.send(refusal.code)
    except MemoryError:
        answer.send(RefusalCode.TOO_MANY_CELLS)
