"""HTML to PDF: a pure function of the text, the sheets of style and the metadata that the caller gives.

Nothing is fetched, no clock is read, and equal input gives equal bytes on one machine.
"""

import gc
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any

from django.conf import settings

from common.documents.fonts import common_characters, faces_css, prepare_fonts
from common.documents.typeset import mark_rare_characters


class RenderError(Exception):
    """The paper could not be made; the text says why."""


@dataclass(frozen=True)
class Metadata:
    """What the PDF says about itself; `created` is the day on the paper, never the machine's."""

    title: str
    author: str = ""
    subject: str = ""
    created: date | None = None


@cache
def _weasyprint() -> Any:
    """WeasyPrint, imported late: only the worker that prints pays for it, and the faces must be settled before."""
    prepare_fonts()
    import weasyprint

    return weasyprint


@cache
def _fetcher() -> Any:
    """Refuses every address: a paper carries all it needs."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class NothingOutside(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            raise FatalURLFetchingError(f"A paper may not fetch {url}")

    return NothingOutside()


@cache
def _sheet(name: str) -> Any:
    """A parsed style sheet of templates/print, kept for the life of the worker."""
    text = (settings.BASE_DIR / "templates" / "print" / name).read_text(encoding="utf-8")
    return _weasyprint().CSS(string=text, url_fetcher=_fetcher())


@cache
def _faces() -> Any:
    return _weasyprint().CSS(string=faces_css(), url_fetcher=_fetcher())


def render_pdf(html: str, *, stylesheets: tuple[str, ...], metadata: Metadata) -> bytes:
    """The PDF of an HTML text set with the named sheets of templates/print; raises RenderError.

    Memory is given back after each document: without that a long-lived worker grew to 0.4–1.1 GB.
    """
    weasyprint = _weasyprint()
    from weasyprint.urls import FatalURLFetchingError

    identifier = sha256("\0".join((html, repr(metadata), *stylesheets)).encode()).hexdigest()
    sheets = [_faces(), *(_sheet(name) for name in stylesheets)]
    try:
        text = mark_rare_characters(html, common_characters())
        document = weasyprint.HTML(string=text, url_fetcher=_fetcher()).render(stylesheets=sheets)
        _describe(document.metadata, metadata)
        return bytes(document.write_pdf(pdf_identifier=identifier[:32].encode()))
    except FatalURLFetchingError as error:
        raise RenderError(str(error)) from error
    finally:
        document = None
        gc.collect()


def _describe(target: Any, metadata: Metadata) -> None:
    """Write the caller's words over what WeasyPrint read from the HTML."""
    target.title = metadata.title
    target.authors = [metadata.author] if metadata.author else []
    target.description = metadata.subject or None
    target.created = metadata.created.isoformat() if metadata.created else None
    target.modified = None
    target.generator = "议事"


def warm_up() -> None:
    """Load the renderer and its faces; a process that has done so makes its first paper in a fraction of a second."""
    render_pdf("<html lang='zh-CN'><body>议事</body></html>", stylesheets=("page.css",), metadata=Metadata("议事"))
