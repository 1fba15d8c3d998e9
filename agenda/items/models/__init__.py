"""议题: the item with its draft and frozen versions, its checks, its signatures and clearance, its grants."""

from agenda.items.models.checks import CONCLUSIONS, CheckOpinion, CheckWaiver, Conclusion, OpinionDocument
from agenda.items.models.grants import ItemGrant, ItemRecusal
from agenda.items.models.item import (
    Attachment,
    Classification,
    Item,
    ItemChange,
    ItemCoUnit,
    ItemDraft,
    ItemVersion,
    MajorKind,
    VersionAttachment,
)
from agenda.items.models.signing import Clearance, Signature, UrgentApproval, UrgentRequest

__all__ = [
    "CONCLUSIONS",
    "Attachment",
    "CheckOpinion",
    "CheckWaiver",
    "Classification",
    "Clearance",
    "Conclusion",
    "Item",
    "ItemChange",
    "ItemCoUnit",
    "ItemDraft",
    "ItemGrant",
    "ItemRecusal",
    "ItemVersion",
    "MajorKind",
    "OpinionDocument",
    "Signature",
    "UrgentApproval",
    "UrgentRequest",
    "VersionAttachment",
]
