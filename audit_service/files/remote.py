"""Files that another machine hands out over HTTP: read in bounds of size and time, with TLS verified, nothing followed.

Whoever answers is not trusted: what is read is checked by its signatures and hashes afterwards.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from audit_service.errors import NotFound, Refused, Unreadable

SCHEMES: Final = ("http://", "https://")
_HERE: Final = ("localhost", "127.0.0.1", "::1")
_LONGEST_ANSWER: Final = 65536
_PIECE: Final = 16384
_PLAIN: Final = {"Accept-Encoding": "identity"}


@dataclass(frozen=True)
class Answer:
    """What was answered to something that was sent: the status, and the JSON object, empty where it was none."""

    status: int
    said: Mapping[str, Any]


@dataclass(frozen=True)
class Remote:
    """An address below which files are. `patience`: seconds for each answer to begin or go on; `longest`: for all."""

    url: str
    patience: float = 10
    longest: float = 60

    def read(self, name: str, most: int) -> bytes:
        """A file of at most so many bytes; `NotFound` where there is none, `Unreadable` where it cannot be had."""
        address = self._address(name)
        try:
            return self._call(address, most)
        except HTTPError as error:
            error.close()
            if error.code == 404:
                raise NotFound("remote-missing", url=address) from None
            where = error.headers.get("Location", "")
            code = "remote-moved" if 300 <= error.code < 400 and where else "remote-not-read"
            raise Unreadable(code, url=address, cause=f"HTTP {error.code}", to=where) from None

    def send(self, name: str, value: Mapping[str, object], token: str) -> Answer:
        """Send a JSON object with a token; what is answered. `Refused` rather than show the token to the network."""
        address = self._address(name)
        if not _is_private(address):
            raise Refused("remote-token-open", url=address)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        try:
            return Answer(200, _object(self._call(address, _LONGEST_ANSWER, json.dumps(value).encode(), headers)))
        except HTTPError as error:
            with error:
                return Answer(error.code, _object(error.read(_LONGEST_ANSWER)))

    def _address(self, name: str) -> str:
        return f"{self.url.rstrip('/')}/{name}"

    def _call(self, address: str, most: int, data: bytes | None = None, headers: Mapping[str, str] = _PLAIN) -> bytes:
        """The body of an answer, of data to a POST; `HTTPError` for another status than one of success."""
        try:
            request = Request(address, data, {**headers, "User-Agent": "audit-service"})
            with _opener().open(request, timeout=self.patience) as answer:
                return self._body(answer, address, most)
        except HTTPError:
            raise
        except (URLError, HTTPException, OSError, ValueError) as error:
            raise Unreadable("remote-not-read", url=address, cause=_why(error), to="") from None

    def _body(self, answer: HTTPResponse, address: str, most: int) -> bytes:
        found, until = b"", time.monotonic() + self.longest
        while piece := answer.read1(_PIECE):
            found += piece
            if len(found) > most:
                raise Unreadable("remote-too-large", url=address, most=most)
            if time.monotonic() > until:
                raise TimeoutError(f"> {self.longest} s")
        return found


def _opener() -> OpenerDirector:
    """Reads http and https and nothing else, and follows no redirection: a token goes where it was sent."""
    opener = OpenerDirector()
    secure = HTTPSHandler(context=ssl.create_default_context())
    for handler in (ProxyHandler(), HTTPHandler(), secure, HTTPDefaultErrorHandler(), HTTPErrorProcessor()):
        opener.add_handler(handler)
    return opener


def _is_private(address: str) -> bool:
    """Whether what is sent there is read by nobody on the way."""
    try:
        return address.startswith("https://") or urlsplit(address).hostname in _HERE
    except ValueError:
        return False


def _why(error: Exception) -> str:
    return str(error.reason if isinstance(error, URLError) else error) or type(error).__name__


def _object(data: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
