"""What a file of evidence is, by its content and never by its name; and how large one may be.

Taken are photographs, scans, office documents without macros, films and sound as telephones make them.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Final

from audit_service.errors import Unreadable

MEGABYTE: Final = 1_000_000
MOST_MEGABYTES: Final = 20
MOST_MEGABYTES_MOVING: Final = 100
"""Of films and sound."""
LONGEST_NAME: Final = 200

JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
PDF: Final = "application/pdf"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
WORD: Final = f"{_OFFICE}wordprocessingml.document"
EXCEL: Final = f"{_OFFICE}spreadsheetml.sheet"
MP4: Final = "video/mp4"
AMR: Final = "audio/amr"
KINDS: Final = (JPEG, PNG, PDF, WORD, EXCEL, MP4, AMR)
_BEGINNINGS: Final = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"%PDF-", PDF),
    (b"#!AMR\n", AMR),
    (b"#!AMR-WB\n", AMR),
)
_MP4_BRANDS: Final = frozenset(
    {b"isom", *(b"iso%d" % number for number in range(2, 10)), b"mp41", b"mp42", b"avc1", b"M4V ", b"M4VH", b"M4VP"}
    | {b"3gp4", b"3gp5", b"3gp6", b"3gp7", b"MSNV", b"XAVC", b"dash", b"f4v "}
)
"""The brands that begin an MP4 (ISO/IEC 14496-12, section 4.3; mp4ra.org): other files of the same build are none."""
_OF_PHONES: Final = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), "evidence-heic"),
    b"qt  ": "evidence-quicktime",
}
"""What telephones make of themselves unless they are told otherwise, and most offices cannot show."""
_PARTS: Final = (("word/document.xml", WORD), ("xl/workbook.xml", EXCEL))
_MACROS: Final = "vbaproject.bin"
_MOVING: Final = (MP4, AMR)


def kind_of(name: str, data: bytes) -> str:
    """What a file is; `Unreadable` for one that is not taken, or too large, or whose name nobody could show."""
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Unreadable("evidence-name", most=LONGEST_NAME)
    kind = _by_content(data)
    if code := _OF_PHONES.get(_brand(data)):
        raise Unreadable(code, file=name)
    if not kind:
        raise Unreadable("evidence-kind", file=name, known="jpeg, png, pdf, docx, xlsx, mp4, amr")
    most = MOST_MEGABYTES_MOVING if kind in _MOVING else MOST_MEGABYTES
    if len(data) > most * MEGABYTE:
        raise Unreadable("evidence-large", file=name, most=most)
    return kind


def _by_content(data: bytes) -> str:
    if _brand(data) in _MP4_BRANDS:
        return MP4
    if data.startswith(b"PK"):
        return _office(data)
    return next((kind for beginning, kind in _BEGINNINGS if data.startswith(beginning)), "")


def _brand(data: bytes) -> bytes:
    """What a file says it is that is built as MP4 is; nothing of others."""
    return data[8:12] if data[4:8] == b"ftyp" else b""


def _office(data: bytes) -> str:
    """A Word or Excel file by its parts; nothing for another zip, and for one with macros."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = {part.lower() for part in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, LookupError, RuntimeError, OSError):
        return ""
    if "[content_types].xml" not in parts or any(part.endswith(_MACROS) for part in parts):
        return ""
    return next((kind for part, kind in _PARTS if part in parts), "")
