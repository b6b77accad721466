"""The bundle of a draw as it is handed out, with its README in Chinese and English."""

from __future__ import annotations

from audit_service import messages
from audit_service.core import layout
from audit_service.files.bundles import write_bundle
from audit_service.use_cases.evidence import Evidence

MARK = "演示数据，不是真实抽取。 Demonstration data, not a real draw.\n"


def bundle_bytes(found: Evidence, draw: str) -> bytes:
    """The zip (docs/protocol.md, section 7)."""
    said = "\n".join(messages.text("bundle-readme", each, draw=draw) for each in messages.LANGUAGES)
    readme = "\n".join((MARK if found.demo else "", said)).lstrip("\n")
    return write_bundle({**found.entries, layout.README: readme.encode()})
