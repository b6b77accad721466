"""Forged checkpoints: other texts under right signatures, other signatures, other lines."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Final

from tests.evidence.log_forging import Case, Lines, notes, texts
from tests.evidence.log_scenes import EARLIEST, FALSE_LOG, FALSE_WITNESS, LOG, STRANGER, WITNESS, loosened

L: Final = 2**252 + 27742317777372353535851937790883648493
NAME: Final = LOG.name.encode()


def root_as(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """The text with other base64 of its root."""
    return lambda text: b"\n".join([*text.split(b"\n")[:2], change(text.split(b"\n")[2]), b""])


def size_as(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda text: b"\n".join([NAME, change(text.split(b"\n")[1]), *text.split(b"\n")[2:]])


def with_order_added(signature: bytes) -> bytes:
    """The same R, and S + L: what a check of S modulo L would let pass."""
    return signature[:-32] + (int.from_bytes(signature[-32:], "little") + L).to_bytes(32, "little")


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def log_as(change: Callable[[Lines], bytes]) -> Callable[[Lines], bytes]:
    """The log's line as this gives it."""
    return lambda lines: lines.joined(log=change(lines))


def witness_as(change: Callable[[Lines], bytes]) -> Callable[[Lines], bytes]:
    return lambda lines: lines.joined(witness=change(lines))


def as_if_by_the_witness(lines: Lines) -> bytes:
    """Another key's signature under the witness's name and ID."""
    return WITNESS.line(lines._replace(witness=FALSE_WITNESS.cosigned(lines.text, lines.at)).cosignature)


def spoiled(line: bytes) -> Callable[[Lines], bytes]:
    """With one more line that is none."""
    return lambda lines: lines.note + line


CASES: tuple[Case, ...] = (
    *texts(
        "refused",
        another_origin=lambda text: text.replace(NAME, b"another-log"),
        origin_longer=lambda text: b" " + text,
        origin_of_witness=lambda text: text.replace(NAME, WITNESS.name.encode()),
        text_bom=lambda text: b"\xef\xbb\xbf" + text,
        another_size=size_as(lambda size: size + b"0"),
        size_zero=size_as(lambda size: b"0" + size),
        size_plus=size_as(lambda size: b"+" + size),
        size_space=size_as(lambda size: size + b" "),
        size_wide=size_as(lambda size: size.decode().translate({k: k + 0xFEE0 for k in range(48, 58)}).encode()),
        root_loose=root_as(loosened),
        root_hex=root_as(lambda found: b64decode(found).hex().encode()),
        root_short=root_as(lambda found: b64encode(b64decode(found)[:31])),
        root_unpadded=root_as(lambda found: found[:-1]),
        root_long=root_as(lambda found: b64encode(b64decode(found) + b"x")),
        root_space=root_as(lambda found: found + b" "),
        root_zero=root_as(lambda found: b64encode(bytes(32))),
        no_root=root_as(lambda found: b""),
        empty_line=lambda text: text + b"\nmore\n",
        empty_end=lambda text: text + b"\n",
        crlf=lambda t: t.replace(b"\n", b"\r\n"),
        tab=lambda text: text + b"a\tb\n",
        nul=lambda text: text + b"\x00\n",
        escape=lambda text: text + b"\x1b[2J\n",
        no_utf8=lambda text: text + b"\xff\n",
        surrogate=lambda text: text + b"\xed\xa0\x80\n",
        no_text=lambda text: b"",
        two_lines=lambda text: b"\n".join(text.split(b"\n")[:2]) + b"\n",
        empty_first=lambda text: b"\n" + text,
        overlong=lambda text: text + b"\xc0\x80\n",
        no_end=lambda text: text[:-1],
    ),
    *texts(
        "shown",
        further_line=lambda text: text + b"more to say\n",
        further_lines=lambda text: text + b"one\n two \n",
        delete=lambda text: text + b"\x7f\n",
        separators=lambda text: text + "\u0085 \u2028 \u2029 \u200b\n".encode(),
        a_line_like_a_signature=lambda text: text + LOG.line(bytes(64)),
        a_space=lambda text: text + b" \n",
    ),
    *notes(
        "refused",
        note_crlf=lambda lines: lines.note.replace(b"\n", b"\r\n"),
        note_end=lambda lines: lines.note[:-1],
        note_lf=lambda lines: lines.note + b"\n",
        no_gap=lambda lines: lines.note.replace(b"\n\n", b"\n"),
        gap_more=lambda lines: lines.note.replace(b"\n\n", b"\n\n\n"),
        nothing=lambda lines: b"",
        no_signatures=lambda lines: lines.text,
        gap_alone=lambda lines: lines.text + b"\n",
        lf=lambda lines: b"\n\n\n",
        hyphen=lambda lines: lines.note.replace("—".encode(), b"-"),
        en_dash=lambda lines: lines.note.replace("—".encode(), "–".encode()),
        two_spaces=lambda lines: lines.note.replace(b"= ", b"=  ").replace("— ".encode(), "—  ".encode()),
        no_break_space=lambda lines: lines.note.replace("— ".encode(), "—\u00a0".encode()),
        line_end_space=spoiled(STRANGER.line(bytes(64))[:-1] + b" \n"),
        line_of_words=spoiled(b"and more\n"),
        line_empty_between=lambda lines: lines.joined(log=lines.log + b"\n"),
        line_no_base64=spoiled("— x !!!!\n".encode()),
        line_id_alone=spoiled(STRANGER.line(b"")),
        line_short=spoiled("— x AAA=\n".encode()),
        line_plus=spoiled("— a+b AAAAAAAA\n".encode()),
        line_unpadded=spoiled("— x AAAAAAA\n".encode()),
        line_loose=spoiled("— x AAAAAAB=\n".encode()),
        line_padded=spoiled("— x AAAAAAAA=\n".encode()),
        line_no_name=spoiled("—  AAAAAAAA\n".encode()),
        line_space_in_name=spoiled("— a\u3000b AAAAAAAA\n".encode()),
        line_nul=spoiled("— a\x00b AAAAAAAA\n".encode()),
        line_no_utf8=spoiled(b"\xe2\x80\x94 \xff AAAAAAAA\n"),
        line_url_base64=spoiled("— x __--__--\n".encode()),
        line_wide_base64=spoiled("— x ＡＡＡＡＡＡＡＡ\n".encode()),
        log_order=log_as(lambda lines: LOG.line(with_order_added(lines.signature))),
        log_missing=log_as(lambda lines: b""),
        log_r=log_as(lambda lines: LOG.line(flipped(lines.signature, 5))),
        log_s=log_as(lambda lines: LOG.line(flipped(lines.signature, 40))),
        log_high_bit=log_as(lambda lines: LOG.line(lines.signature[:63] + bytes([lines.signature[63] | 0x80]))),
        log_zero=log_as(lambda lines: LOG.line(bytes(64))),
        log_one=log_as(lambda lines: LOG.line(b"\x01" + bytes(63))),
        log_short=log_as(lambda lines: LOG.line(lines.signature[:-1])),
        log_long=log_as(lambda lines: LOG.line(lines.signature + b"x")),
        log_by_other=log_as(lambda lines: FALSE_LOG.signed(lines.text)),
        log_by_other_as_if=log_as(lambda lines: LOG.line(FALSE_LOG.private.sign(lines.text))),
        log_other_name=log_as(lambda lines: lines.log.replace(NAME, b"audit-Service")),
        log_other_id=log_as(lambda lines: FALSE_LOG.line(lines.signature)),
        log_is_witness=log_as(lambda lines: WITNESS.signed(lines.text)),
        log_wrong_first=log_as(lambda lines: LOG.line(bytes(64)) + lines.log),
        log_other_text=log_as(lambda lines: LOG.signed(lines.text[:-1])),
        log_with_gap=log_as(lambda lines: LOG.signed(lines.text + b"\n")),
        log_loose=log_as(lambda lines: lines.log[:-3] + loosened(lines.log[-3:-1]) + b"\n"),
        log_cosigns=log_as(
            lambda lines: LOG.line(LOG.private.sign(b"cosignature/v1\ntime %d\n" % lines.at + lines.text))
        ),
        witness_order=witness_as(lambda lines: WITNESS.line(with_order_added(lines.cosignature))),
        witness_time=witness_as(lambda lines: WITNESS.line(bytes(8) + lines.cosignature[8:])),
        witness_r=witness_as(lambda lines: WITNESS.line(flipped(lines.cosignature, 12))),
        witness_s=witness_as(lambda lines: WITNESS.line(flipped(lines.cosignature, 71))),
        witness_short=witness_as(lambda lines: WITNESS.line(lines.cosignature[:7])),
        witness_byte=witness_as(lambda lines: WITNESS.line(b"x")),
        witness_no_time=witness_as(lambda lines: WITNESS.line(lines.cosignature[8:])),
        witness_signs_like_a_log=witness_as(
            lambda lines: WITNESS.line(lines.cosignature[:8] + WITNESS.private.sign(lines.text))
        ),
        witness_by_other_as_if=witness_as(as_if_by_the_witness),
        witness_wrong_first=witness_as(lambda lines: WITNESS.line(bytes(72)) + lines.witness),
        witness_of_other_text=witness_as(lambda lines: WITNESS.cosigned(lines.text.replace(b"\n", b" "), lines.at)),
        witness_little_endian=witness_as(lambda lines: WITNESS.line(lines.cosignature[7::-1] + lines.cosignature[8:])),
    ),
    *notes(
        "shown",
        stranger_signs=lambda lines: lines.note + STRANGER.line(bytes(72)),
        stranger_first=log_as(lambda lines: STRANGER.line(b"x") + lines.log),
        witness_first=lambda lines: lines.text + b"\n" + lines.witness + lines.log,
        log_twice=log_as(lambda lines: lines.log * 2),
        log_wrong_later=log_as(lambda lines: lines.log + LOG.line(bytes(64))),
        witness_twice=witness_as(lambda lines: lines.witness * 2),
        witness_wrong_later=witness_as(lambda lines: lines.witness + WITNESS.line(b"wrong")),
        witness_late_later=witness_as(lambda lines: lines.witness + WITNESS.cosigned(lines.text, EARLIEST)),
        other_log_of_that_name=lambda lines: lines.note + FALSE_LOG.signed(lines.text),
        other_witness_of_that_name=witness_as(lambda lines: FALSE_WITNESS.line(b"wrong") + lines.witness),
        strange_name=lambda lines: lines.note + "— —\u007f\u200b纪 AAAAAAA=\n".encode(),
        a_second_earlier=witness_as(lambda lines: WITNESS.cosigned(lines.text, EARLIEST - 1)),
        at_zero=witness_as(lambda lines: WITNESS.cosigned(lines.text, 0)),
        log_signs_as_witness=lambda lines: lines.note + WITNESS.line(lines.signature),
    ),
    *notes(
        "not shown",
        all_of_them=True,
        no_witness=witness_as(lambda lines: b""),
        witness_late=witness_as(lambda lines: WITNESS.cosigned(lines.text, EARLIEST)),
        witness_later=witness_as(lambda lines: WITNESS.cosigned(lines.text, EARLIEST + 86_400)),
        witness_in_milliseconds=witness_as(lambda lines: WITNESS.cosigned(lines.text, lines.at * 1000)),
        witness_at_the_end_of_time=witness_as(lambda lines: WITNESS.cosigned(lines.text, 2**64 - 1)),
        witness_late_first=witness_as(lambda lines: WITNESS.cosigned(lines.text, EARLIEST) + lines.witness),
        witness_by_other=witness_as(lambda lines: FALSE_WITNESS.cosigned(lines.text, lines.at)),
        witness_other_id=witness_as(lambda lines: FALSE_WITNESS.line(lines.cosignature)),
        witness_other_name=witness_as(lambda lines: lines.witness.replace("纪检".encode(), "纪检2".encode())),
        stranger_instead=witness_as(lambda lines: STRANGER.cosigned(lines.text, lines.at)),
    ),
)
