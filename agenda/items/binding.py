"""What a signature or a conclusion is given on: the version that its author had before him, and no other."""

from agenda.items.models import Item, ItemVersion
from common.services import Refused


def demand_seen(item: Item, digest: str) -> ItemVersion:
    """The current version, refused where the page showed another one (a new one was submitted in the meantime)."""
    version = item.current_version
    if version is None:
        raise Refused(f"「{item}」还没有呈报，没有可以审签的稿。")
    if version.digest != digest:
        raise Refused(f"您打开之后，「{item}」提交了新稿，现在是{version}。请看过新稿和改动后再办理。")
    return version
