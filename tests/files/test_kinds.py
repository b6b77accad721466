"""What a file of evidence is, its content says."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_service.errors import Unreadable
from audit_service.files.kinds import EXCEL, KINDS, MEGABYTE, MOST_MEGABYTES, WORD, kind_of


def zipped(*names: str) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\xd8\xff\xe1...", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\0\0\0\x18ftypmp42", "video/mp4"),
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"\0\0\0\x18ftyp3gp4", "video/mp4"),
        (b"#!AMR\n", "audio/amr"),
        (zipped("[Content_Types].xml", "word/document.xml"), WORD),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), EXCEL),
    ],
)
def test_a_file_is_what_its_content_says_whatever_its_name(data: bytes, kind: str) -> None:
    assert kind_of("照片.exe", data) == kind


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"MZ\x90", b"<svg onload=x>", b"<html>", b"PK\3\4 not a zip", zipped("word/document.xml")),
        zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        *(b"\0\0\0\x18ftyp" + brand for brand in (b"", b"M4A ", b"avif", b"crx ", b"what")),
    ],
)
def test_what_is_none_of_these_is_not_taken(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        kind_of("照片.jpg", data)
    assert refused.value.code == "evidence-kind"


@pytest.mark.parametrize(
    ("brand", "code"), [(b"heic", "evidence-heic"), (b"mif1", "evidence-heic"), (b"qt  ", "evidence-quicktime")]
)
def test_what_telephones_make_of_themselves_is_refused_by_its_name(brand: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        kind_of("IMG_0001.jpg", b"\0\0\0\x24ftyp" + brand + b"\0\0\0\0mif1heic")
    assert (refused.value.code, refused.value.params) == (code, {"file": "IMG_0001.jpg"})


@pytest.mark.parametrize("name", ["", "x" * 201, "a\nb.jpg", "\x1b[2J.jpg"])
def test_a_name_that_nobody_could_show_is_not_taken(name: str) -> None:
    with pytest.raises(Unreadable) as refused:
        kind_of(name, b"%PDF-")
    assert refused.value.code == "evidence-name"


def test_what_is_too_large_is_not_taken() -> None:
    with pytest.raises(Unreadable) as refused:
        kind_of("a.pdf", b"%PDF-" + bytes(MOST_MEGABYTES * MEGABYTE))
    assert refused.value.code == "evidence-large"


@given(st.binary() | st.binary().map(lambda data: b"PK" + data))
def test_whatever_is_sent_is_of_a_kind_or_is_not_taken(data: bytes) -> None:
    with suppress(Unreadable):
        assert kind_of("a", data) in KINDS
