"""An experiment: a second process hashes nearly half of the tickets, so that a draw uses two cores.

It is not in the product: a thread does not help (hashlib lets go of the interpreter only for more than 2,047 bytes),
and a process has to start and be handed the codes, which pays only for many more units than any province has.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from typing import Final
from unittest.mock import patch

import numpy as np

from audit_service.core import selection
from audit_service.core.frame import Frame
from audit_service.core.frozen import Policy
from audit_service.core.selection import Sample
from audit_service.core.tickets import Digests, ticket_digests

SHARE: Final = 0.46
"""Of the units, for the helper: it has to start, to read the codes and to write the digests."""
HELPER: Final = """
import sys
from binascii import hexlify
from hashlib import sha256
seed, *names = sys.stdin.buffer.read().decode().split("\\n")
tail, fresh, joined = hexlify(f"/{seed}".encode()), sha256().copy, bytearray()
for name in names:
    hashed = fresh()
    hashed.update(hexlify(name.encode()) + tail)
    joined += hashed.digest()
sys.stdout.buffer.write(joined)
"""


def draw_with_helper(policy: Policy, frame: Frame, seed: str) -> Sample:
    """The same sample as `draw_sample`. The helper starts while the cells are being numbered."""
    with (
        subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", HELPER], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as helper,
        patch.object(selection, "ticket_digests", lambda names, seed: _shared(helper, names, seed)),
    ):
        return selection.draw_sample(policy, frame, seed)


def _shared(helper: subprocess.Popen[bytes], names: Sequence[str], seed: str) -> Digests:
    assert helper.stdin
    assert helper.stdout
    own = len(names) - int(len(names) * SHARE)
    helper.stdin.write("\n".join([seed, *names[own:]]).encode())
    helper.stdin.close()
    first = ticket_digests(names[:own], seed)
    second = np.frombuffer(helper.stdout.read(), dtype=np.uint8).reshape(-1, 32)
    return np.concatenate((first, second))
