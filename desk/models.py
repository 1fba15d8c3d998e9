"""Names the subjects' models, so that Django finds them."""

from desk.imports.models import LedgerImport

__all__ = ["LedgerImport"]
