"""QR codes (ISO/IEC 18004) of texts: as a picture for Word, as a drawing for PDF. The same text gives the same bytes.

Error level L: of what fits on a page a telephone reads the larger modules better than it uses redundancy against
stains, and whose code is stained asks for the notice again.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Final

import segno

_BLOCKS: Final = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}
_QUIET: Final = 4
_PIXELS: Final = 8
"""Of a module: more than a printer of 300 dots an inch can show."""


def code_png(text: str) -> bytes:
    """The code as a PNG, with its quiet zone."""
    return _saved(text, "png", scale=_PIXELS)


def code_svg(text: str) -> str:
    """The code as an SVG, with its quiet zone."""
    return _saved(text, "svg", xmldecl=False, svgns=True, omitsize=True).decode()


def code_lines(text: str) -> list[str]:
    """The code in half blocks, light on dark as a terminal is; two rows of modules a line."""
    rows = [
        [not dark for dark in row] for row in segno.make_qr(text, error="l", boost_error=False).matrix_iter(1, _QUIET)
    ]
    rows += [[False] * len(rows[0])] * (len(rows) % 2)
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return ["".join(_BLOCKS[above, below] for above, below in zip(*pair, strict=True)) for pair in pairs]


@lru_cache(maxsize=2)  # all notices of a draw bear one of their two codes in common, which is the larger one
def _saved(text: str, kind: str, **options: object) -> bytes:
    buffer = BytesIO()
    segno.make_qr(text, error="l", boost_error=False).save(buffer, kind=kind, border=_QUIET, **options)
    return buffer.getvalue()
