"""Whose request it is, as far as an address tells: to count by, never to keep.

Behind a proxy every request comes from the proxy. It says for whom in `X-Forwarded-For`, and is believed if it is on
this machine; others could say anything (docs/operations.md). gunicorn leaves REMOTE_ADDR as it is, so it is done here.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from flask import request

_KEY: Final = secrets.token_bytes(32)
"""Of this service from its start to its end, and of all its workers, which are forked from where it was made. There are
few addresses: a plain digest of one would be found by trying them all."""
_OF_ONE: Final = 64
"""Bits of an IPv6 address that one network has; the rest its machines choose as they like."""


def client_address() -> str:
    """The address of who asks; empty where nothing tells."""
    peer = _parsed(request.remote_addr or "")
    if peer is None or peer.is_loopback:  # nothing is known of a peer on a socket of this machine
        said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        peer = _parsed(said) or peer
    return _shared(peer) if peer else ""


def client_mark() -> str:
    """What stands for that address where things are counted."""
    return hmac.new(_KEY, client_address().encode(), sha256).hexdigest()


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def _shared(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(ip_network((int(address), _OF_ONE), strict=False))
