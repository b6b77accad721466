"""QR codes (ISO/IEC 18004) of texts: as a picture for Word, as a drawing for PDF. The same text gives the same bytes.

Error level L: of what fits on a page a telephone reads the larger modules better than it uses redundancy against
stains, and whose code is stained asks for the notice again.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

import segno

CODE_WIDTH: Final = 74
"""Millimetres on paper: two side by side fill the text area of 156."""
_QUIET: Final = 4
_PIXELS: Final = 8
"""Of a module: more than a printer of 300 dots an inch can show."""


def code_png(text: str) -> bytes:
    """The code as a PNG, with its quiet zone."""
    return _saved(text, "png", scale=_PIXELS)


def code_svg(text: str) -> str:
    """The code as an SVG, with its quiet zone."""
    return _saved(text, "svg", xmldecl=False, svgns=True, omitsize=True).decode()


def _saved(text: str, kind: str, **options: object) -> bytes:
    buffer = BytesIO()
    segno.make_qr(text, error="l", boost_error=False).save(buffer, kind=kind, border=_QUIET, **options)
    return buffer.getvalue()
