"""Names the subjects' models, so that Django finds them."""

from desk.imports.models import ImportChange, LedgerImport, LedgerItemRow

__all__ = ["ImportChange", "LedgerImport", "LedgerItemRow"]
