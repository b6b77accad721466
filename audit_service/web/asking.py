"""One request: who asks, when, and the transaction in which it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from flask import current_app, g, request

from audit_service.core.acts import Act
from audit_service.core.canonical import parse_time
from audit_service.core.rights import Right, may
from audit_service.errors import AuditError, Forbidden, FormError, Refused, Unidentified
from audit_service.runtime import Runtime
from audit_service.use_cases import accounts
from audit_service.use_cases.accounts import Caller
from audit_service.use_cases.limits import FAILURES
from audit_service.web import limits

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from audit_service.vault import Vault

SESSION: str = "audit_session"
DEMO_CLOCK: str = "Audit-Demo-Clock"
SAFE: frozenset[str] = frozenset({"GET", "HEAD", "OPTIONS"})
SAME: frozenset[str] = frozenset({"same-origin", "none"})


@dataclass(frozen=True)
class Asking:
    """Who asks for something, and when; nobody in particular at the public window."""

    runtime: Runtime
    caller: Caller | None
    now: datetime
    demo: bool

    @property
    def vault(self) -> Vault:
        return self.runtime.vault

    @property
    def caller_known(self) -> Caller:
        """Who asks, where a right is needed that nobody has without an account."""
        assert self.caller is not None
        return self.caller

    @property
    def act(self) -> Act:
        """An act of the account that asks."""
        return replace(self.runtime.act(None, self.caller), at=self.now, demo=self.demo)

    @property
    def is_office(self) -> bool:
        """Whether what is sealed may be shown."""
        return self.has(Right.DRAWS_ACT)

    @property
    def is_oversight(self) -> bool:
        """Whether reasons and documents may be shown."""
        return self.has(Right.DRAWS_READ)

    def has(self, right: Right) -> bool:
        """Whether who asks has a right."""
        return self.caller is not None and may(self.caller.account.role, right)

    def city(self) -> str:
        """The city to which what is shown is limited; empty where it is not."""
        return self.caller.account.city if self.caller else ""

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """The one transaction of a request that acts, in which it is asked anew who asks. `Unidentified` where the post
        was handed over, or its token revoked, while the request waited for others."""
        with self.runtime.begin() as db:
            if self.caller:
                accounts.check_still(db, self.caller, self.runtime.wall_clock())
            yield db

    def look(self) -> AbstractContextManager[Connection]:
        """The transaction of a request that only looks: the one in which it was found out who asks, if there is one."""
        return self.runtime.look_on(g.looking) if "looking" in g else self.runtime.look()


def asking() -> Asking:
    """The present request."""
    return cast(Asking, g.asking)


def begin_asking() -> Asking:
    """Find out who asks: by the header `Authorization: Bearer`, or by the cookie of somebody who signed in."""
    runtime: Runtime = current_app.extensions["runtime"]
    g.asking = Asking(runtime, None, *_now(runtime))
    if bearer := _bearer():
        g.asking = replace(g.asking, caller=_identify(runtime, bearer))
    elif cookie := request.cookies.get(SESSION, ""):
        _check_same_site()
        with suppress(Unidentified):
            g.session = ""  # a cookie that opens nothing any more is taken out, and asks as nobody
            g.asking = replace(g.asking, caller=_identify(runtime, cookie))
            del g.session
    return asking()


def _identify(runtime: Runtime, token: str) -> Caller:
    """Whom a token shows. One that shows nobody is counted, whatever is wrong with it; a right one is always taken, so
    that nobody locks their neighbours out."""
    try:
        with _looking(runtime) as db:
            return accounts.identify(db, token, runtime.wall_clock())
    except Unidentified:
        end_looking()
        limits.went_wrong(runtime, FAILURES)
        raise


@contextmanager
def _looking(runtime: Runtime) -> Iterator[Connection]:
    """The transaction in which it is found out who asks. A request that only looks goes on in it, and `end_looking`
    ends it; one that acts must not hold it, since on SQLite it would wait for itself."""
    if request.method not in SAFE:
        with runtime.look() as db:
            yield db
        return
    g.ending = ExitStack()
    g.looking = g.ending.enter_context(runtime.look())
    with runtime.look_on(g.looking) as db:
        yield db


def end_looking(_: BaseException | None = None) -> None:
    """Give back what a request looked through."""
    g.pop("looking", None)
    ending: ExitStack | None = g.pop("ending", None)
    if ending:
        with suppress(AuditError):
            ending.close()


def _now(runtime: Runtime) -> tuple[datetime, bool]:
    """The present, and whether it was set by hand: in a demo a request may say what time it is, so that a year can be
    played through."""
    clock = request.headers.get(DEMO_CLOCK) if runtime.settings.demo else None
    if clock is None:
        return runtime.now(), runtime.settings.demo_clock is not None
    try:
        return parse_time(clock, DEMO_CLOCK), True
    except FormError as error:
        raise Refused("demo-clock-form", found=clock) from error


def _bearer() -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _check_same_site() -> None:
    """A browser sends the cookie along with what other sites make it ask for. What acts must come from our own pages.

    Browsers say so themselves (Fetch Metadata; older ones by Origin); what says neither is no browser, and has no
    business with a cookie.
    """
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site in SAME or (site is None and request.headers.get("Origin") == request.host_url.rstrip("/")):
        return
    raise Forbidden("other-site")
