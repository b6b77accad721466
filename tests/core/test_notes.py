"""Signed notes, checkpoints and cosignatures in the forms of C2SP, read strictly."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from audit_service.core.notes import Checkpoint, Key, Note, parse_checkpoint, parse_key, parse_note
from audit_service.errors import Failed, FormError, RuleError
from audit_service.signing import Signer, load_signer, verify

LOG = Signer("audit.example/log", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
WITNESS = Signer("witness.example/w1", Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
CHECKPOINT = Checkpoint("audit.example/log", 42, bytes(32))
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def test_the_published_example_of_a_note_verifies() -> None:
    """The example of Go's golang.org/x/mod/sumdb/note, whose key and note are in its documentation."""
    key = parse_key("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    signature = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    assert verify(parse_note(f"{text}\n— PeterNeumann {signature}\n".encode()), key) is None


def test_a_checkpoint_is_signed_cosigned_written_and_read() -> None:
    note = LOG.sign(CHECKPOINT.text)
    cosigned = note.signed([WITNESS.cosign(note, NOON)])
    found = parse_note(str(cosigned).encode())
    assert found == cosigned
    assert verify(found, parse_key(str(LOG.key))) is None
    assert verify(found, parse_key(str(WITNESS.witness_key))) == NOON
    assert parse_checkpoint(found.text) == CHECKPOINT
    assert found.signed([WITNESS.cosign(note, NOON)]) == found


@pytest.mark.parametrize("change", ["text", "signature", "key", "kind"])
def test_a_signature_of_something_else_or_by_somebody_else_is_refused(change: str) -> None:
    note, key = LOG.sign(CHECKPOINT.text), LOG.key
    (signature,) = note.signatures
    if change == "text":
        note = Note(note.text.replace("42", "43"), note.signatures)
    elif change == "signature":
        note = Note(note.text, (type(signature)(signature.name, signature.id, bytes(64)),))
    elif change == "key":
        key = Key(LOG.name, LOG.key.kind, WITNESS.key.public)
    else:
        key = LOG.witness_key
    with pytest.raises(RuleError) as caught:
        verify(note, key)
    assert caught.value.code == ("signature-missing" if change in ("key", "kind") else "signature-wrong")


@pytest.mark.parametrize(
    "text",
    ["", "t\n", "t\n\n", "t\n\nno dash\n", "t\n\n— name AAAA", "t\n\n— name AAA=\n", "t\n\n— na me AAAAAAAA\n",
     "t\r\n\n— name AAAAAAAA\n", "\udcff\n\n— name AAAAAAAA\n", "t\n\n— name AAAAAAAA\n\n"],
)  # fmt: skip
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(FormError):
        parse_note(text.encode("utf-8", "surrogateescape"))


@pytest.mark.parametrize(
    "text",
    ["", "x\n1\n", f"\n1\n{'A' * 43}=\n", f"x\n01\n{'A' * 43}=\n", f"x\n-1\n{'A' * 43}=\n", f"x\n1\n{'A' * 44}\n",
     f"x\n1\n{'A' * 43}=", f"x\n1\n{'A' * 43}=\n\n", f"x\n1\n{'A' * 42}B=\n"],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(FormError):
        parse_checkpoint(text)


def test_further_lines_of_a_checkpoint_are_let_pass() -> None:
    assert parse_checkpoint(f"x\n1\n{'A' * 43}=\nmore\n") == Checkpoint("x", 1, bytes(32))


@pytest.mark.parametrize(
    "text",
    ["", "name", "name+00000000+", str(LOG.key)[:-4], str(LOG.key).replace("log+", "other+"), "a b+0+AA==",
     str(LOG.key).replace("+A", "+B")],
)  # fmt: skip
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(FormError):
        parse_key(text)


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "log.pem"
    assert load_signer(file, "log").key == load_signer(file, "log").key
    assert file.stat().st_mode & 0o077 == 0


def test_what_is_no_key_of_ours_is_said_and_what_is_locked_with_a_password_too(tmp_path: Path) -> None:
    file, form = tmp_path / "log.pem", (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8)
    locked = serialization.BestAvailableEncryption(b"a password")
    for data in (
        b"no key",
        Ed25519PrivateKey.generate().private_bytes(*form, locked),
        X25519PrivateKey.generate().private_bytes(*form, serialization.NoEncryption()),
    ):
        file.write_bytes(data)
        with pytest.raises(Failed) as caught:
            load_signer(file, "log")
        assert caught.value.code == "signing-key-wrong"
