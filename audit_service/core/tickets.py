"""Tickets: the number that a name draws (docs/protocol.md, section 4).

A ticket is the SHA-256 of the hexadecimal text of `name/SEED`, as ICANN OCTO-41 has it. Whoever knows the seed knows
every ticket, and nobody who does not know it can tell any. *Ticket order* is highest first.
"""

from __future__ import annotations

from binascii import hexlify
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

Digests = NDArray[np.uint8]
"""Shape (n, 32): one SHA-256 digest a row."""


def ticket(name: str, seed: str) -> str:
    """The ticket of one name: 64 lowercase hexadecimal characters (section 4)."""
    return sha256(hexlify(f"{name}/{seed}".encode())).hexdigest()


def drawer(seed: str) -> Callable[[str], str]:
    """`ticket` for one seed, remembering what it has computed: for searches that ask for the same names again."""
    return cache(lambda name: ticket(name, seed))


def in_ticket_order(names: Iterable[str], of: Callable[[str], str]) -> list[str]:
    """The names, highest ticket first; `of` gives a name's ticket."""
    return sorted(names, key=of, reverse=True)


def ticket_digests(names: Sequence[str], seed: str) -> Digests:
    """The tickets of many names at once, as digests: shape (len(names), 32)."""
    tail, fresh = hexlify(f"/{seed}".encode()), sha256().copy  # to copy one is quicker than to make one
    joined = bytearray()
    for name in names:
        hashed = fresh()
        hashed.update(hexlify(name.encode()) + tail)
        joined += hashed.digest()
    return np.frombuffer(joined, dtype=np.uint8).reshape(len(names), 32)


def falling_within(groups: NDArray[np.intp], digests: Digests) -> NDArray[np.intp]:
    """Places of the rows, group by group in rising order of the group, in each the highest ticket first.

    `groups` has shape (n,), `digests` (n, 32); so has the result (n,). A sort, no draw: the order follows from the
    digests alone.
    """
    words = digests.view(">u8")  # four big-endian words compare as the digest does
    bits = max(1, int(groups.max(initial=0)).bit_length())
    keys = groups.astype(np.uint64) << (64 - bits) | ~words[:, 0].astype(np.uint64) >> bits
    order = np.argsort(keys)
    rising = keys[order]
    if (rising[1:] == rising[:-1]).any():  # hardly ever: 64 bits of group and digest do not decide
        return np.lexsort((~words[:, 3], ~words[:, 2], ~words[:, 1], ~words[:, 0], groups))
    return order
