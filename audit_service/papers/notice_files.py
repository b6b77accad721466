"""A notice as a file: in Word, as PDF, or its bare text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from audit_service.core import notice
from audit_service.core.notice import NoticeProof
from audit_service.files.word import write_paper
from audit_service.papers.notice_paper import notice_paper
from audit_service.papers.record_words import Words
from audit_service.seal import Seal
from audit_service.use_cases.notices import Notices

FORMATS: Final = ("docx", "pdf", "json")


def notice_writer(
    words: Words, found: Notices, kind: str, seal: Seal, font_folder: Path
) -> Callable[[NoticeProof], bytes]:
    """What writes a unit's notice as a file of a kind. `Refused` where a PDF is wanted and there is no font for it.

    The typesetter looks through its fonts once, for all notices together.
    """
    if kind == "json":
        return lambda proof: notice.write(proof, found.log).encode()
    if kind == "docx":
        return lambda proof: write_paper(notice_paper(words, found, proof, seal.key))
    from audit_service.files.pdf import Press  # loads a typesetter

    press = Press(font_folder)
    return lambda proof: press.write(notice_paper(words, found, proof, seal.key))
