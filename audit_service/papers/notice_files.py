"""Notices as files: in Word, as PDF, or their bare text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from audit_service.core import notice
from audit_service.core.notice import NoticeProof
from audit_service.files.word import write_paper
from audit_service.papers.notice_paper import notice_paper
from audit_service.papers.record_words import Words
from audit_service.seal import Seal
from audit_service.use_cases.notices import Notices

if TYPE_CHECKING:
    from audit_service.files.pdf import Press

FORMATS: Final = ("docx", "pdf", "json")


def _press_for(kind: str, font_folder: Path) -> Press | None:
    """The typesetter, where notices of this kind need one: it looks through its fonts once, for all of them."""
    if kind != "pdf":
        return None
    from audit_service.files.pdf import Press  # loads a typesetter

    return Press(font_folder)


def notice_files(words: Words, found: Notices, kind: str, seal: Seal, font_folder: Path) -> dict[str, bytes]:
    """Each unit's notice as a file of a kind, by the file's name.

    `Failed` where there is no Chinese font for a PDF.
    """
    write = _writer(words, found, kind, seal, _press_for(kind, font_folder))
    return {f"{proof.leaf.unit}.{kind}": write(proof) for proof in found.proofs}


def _writer(words: Words, found: Notices, kind: str, seal: Seal, press: Press | None) -> Callable[[NoticeProof], bytes]:
    if kind == "json":
        return lambda proof: notice.write(proof, found.log).encode()
    put_down = press.write if press else write_paper
    return lambda proof: put_down(notice_paper(words, found, proof, seal.key))
