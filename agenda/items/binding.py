"""What a signature, a conclusion or a filing is given on: the text that its author had before him, and no other."""

from collections.abc import Mapping
from typing import Any

from agenda.items.models import Item, ItemVersion
from common.records.canonical import canonical_bytes, sha256_hex
from common.services import Refused


def demand_seen(item: Item, digest: str) -> ItemVersion:
    """The current version, refused where the page showed another one (a new one was submitted in the meantime)."""
    version = item.current_version
    if version is None:
        raise Refused(f"「{item}」还没有呈报，没有可以审签的稿。")
    if version.digest != digest:
        raise Refused(f"您打开之后，「{item}」提交了新稿，现在是{version}。请看过新稿和改动后再办理。")
    return version


def content_digest(content: Mapping[str, Any]) -> str:
    """What the page that confirms a filing carries: the whole text with its papers, as a version would freeze it."""
    return sha256_hex(canonical_bytes(dict(content)))
