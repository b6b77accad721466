"""The words of a paper: its texts, moments and labels in one language, whichever edge asks for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from audit_service import messages
from audit_service.core.acts import in_beijing
from audit_service.core.canonical import write_time
from audit_service.messages import Language

if TYPE_CHECKING:
    from audit_service.core.policy import Programme
    from audit_service.core.rules import Label


@dataclass(frozen=True)
class Wording:
    """Texts in a reader's language."""

    language: Language
    where: Label | None = None
    """What cities are called, if a policy says it."""

    def under(self, programme: Programme | None) -> Wording:
        """The same with the words of a policy."""
        return replace(self, where=programme.places) if programme else self

    def text(self, code: str, **params: object) -> str:
        """The text of a code."""
        where = {"where": self.of(self.where)} if self.where else {}
        return messages.text(code, self.language, **where, **params)

    def moment(self, at: datetime) -> str:
        """A moment in UTC and in Beijing time."""
        return self.text("moment", utc=write_time(at), local=f"{in_beijing(at):%Y-%m-%d %H:%M}")

    def of(self, label: Label) -> str:
        """A label of a policy."""
        return label.zh if self.language == "zh" else label.en

    def label(self, programme: Programme, kind: str, name: str) -> str:
        """The name of a stratum, pool, role … of a policy."""
        return self.of(programme.label(kind, name))


def in_fours(digest: str) -> str:
    """A digest in groups of four, to be read out and compared."""
    return " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))
