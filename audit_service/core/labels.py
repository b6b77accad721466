"""How labels that people write are compared: headings, names of cities, names of statuses."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches


def squeezed(label: str) -> str:
    """A label without what people write differently and mean alike: full-width forms (NFKC) and white space."""
    return "".join(unicodedata.normalize("NFKC", label).split())


def nearest(label: str, known: Iterable[str]) -> str:
    """The known label that was probably meant, or nothing."""
    close = get_close_matches(squeezed(label), list(known), n=1, cutoff=0.5)
    return close[0] if close else ""
