"""A zip whose entries are longer or shorter than it claims: programs would read different contents of it."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from tests.evidence.test_forgeries import entries_of, ours, theirs

METHODS = {"stored": zipfile.ZIP_STORED, "deflated": zipfile.ZIP_DEFLATED}


def claiming(name: str, method: int, content: bytes, claimed: int, checksum: int) -> bytes:
    """A bundle in which an entry has this content; both of its headers claim another length, and this checksum."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for each, data in {**entries_of("small-00"), "README.txt": b"hello", name: content}.items():
            archive.writestr(each, data)
        at = archive.getinfo(name).header_offset
    data = bytearray(packed.getvalue())
    central = data.rfind(name.encode()) - 46
    assert (data[at : at + 4], data[central : central + 4]) == (b"PK\3\4", b"PK\1\2")
    for header, of_checksum, of_length in ((at, 14, 22), (central, 16, 24)):
        struct.pack_into("<L", data, header + of_checksum, checksum)
        struct.pack_into("<L", data, header + of_length, claimed)
    return bytes(data)


@pytest.mark.parametrize("more", [b"x", b"x" * 300_000], ids=["a byte", "much"])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", ["sample/frame.csv", "README.txt"])
@pytest.mark.parametrize("checked", ["what is claimed", "all of it"])
def test_an_entry_that_is_longer_than_the_zip_claims_is_refused(
    tmp_path: Path, name: str, method: str, more: bytes, checked: str
) -> None:
    real = {**entries_of("small-00"), "README.txt": b"hello"}[name]
    checksum = zlib.crc32(real if checked == "what is claimed" else real + more)
    bundle = tmp_path / "b.zip"
    bundle.write_bytes(claiming(name, METHODS[method], real + more, len(real), checksum))
    assert ours(bundle, None) == theirs(bundle, None) == ("refused", 1, "bundle")


@pytest.mark.parametrize("method", METHODS)
def test_so_is_one_that_is_shorter(tmp_path: Path, method: str) -> None:
    real = entries_of("small-00")["sample/frame.csv"]
    bundle = tmp_path / "b.zip"
    bundle.write_bytes(claiming("sample/frame.csv", METHODS[method], real[:-1], len(real), zlib.crc32(real[:-1])))
    assert ours(bundle, None) == theirs(bundle, None) == ("refused", 1, "bundle")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("readme", [b"hello", b""])
def test_one_that_is_as_long_as_claimed_is_read(tmp_path: Path, method: str, readme: bytes) -> None:
    bundle = tmp_path / "b.zip"
    bundle.write_bytes(claiming("README.txt", METHODS[method], readme, len(readme), zlib.crc32(readme)))
    assert ours(bundle, None) == theirs(bundle, None) == ("consistent", None, "")
