"""From which address a request comes: the one deciding place, for audit rows and for the lock after wrong passwords."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The right-most address of X-Forwarded-For that is no proxy of ours: all left of it anybody can have written.

    Only our own proxies are asked (settings.TRUSTED_PROXIES), each for the one before it; without any the header is
    not read.
    """
    address = request.META.get("REMOTE_ADDR", "")
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while _is_ours(address) and said and (before := _read(said.pop())):
        address = str(before)
    return address


def _is_ours(address: str) -> bool:
    found = _read(address)
    return found is not None and any(found in network for network in settings.TRUSTED_PROXIES)


def _read(text: str) -> IPv4Address | IPv6Address | None:
    """An address, an IPv4 one also where it is written as IPv6; None for anything else."""
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
