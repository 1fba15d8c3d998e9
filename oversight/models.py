"""Names the subjects' models, so that Django finds them."""

from oversight.followups.models import LedgerCoUnit, LedgerFollowUp

__all__ = ["LedgerCoUnit", "LedgerFollowUp"]
