"""Names the subjects' models, so that Django finds them."""

from common.audit.models import AuditEntry
from common.calendar.models import CalendarDay
from common.documents.models import RenderedDocument
from common.files.models import StoredFile
from common.identity.models import Account, ActingFor, ActingOffer, Person
from common.mail.models import Letter
from common.numbers.models import IssuedNumber, NumberSeries
from common.outbox.models import Event, Handling
from common.records.models import ChainHead, ChainRecord
from common.tenancy.models import Committee

__all__ = [
    "Account",
    "ActingFor",
    "ActingOffer",
    "AuditEntry",
    "CalendarDay",
    "ChainHead",
    "ChainRecord",
    "Committee",
    "Event",
    "Handling",
    "IssuedNumber",
    "Letter",
    "NumberSeries",
    "Person",
    "RenderedDocument",
    "StoredFile",
]
