"""What goes on the paper of a draw, 随机抽取记录: everything that its readers sign or check, without a label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from audit_service.core import draws as rules
from audit_service.core.acts import Act
from audit_service.core.commitment import Commitment
from audit_service.core.draws import SAMPLE_ROUND, State
from audit_service.core.events import Event, parse_public
from audit_service.core.selection import Sample, SampleUnit
from audit_service.errors import Refused
from audit_service.store import acts
from audit_service.store import draws as store
from audit_service.use_cases.drawn import seeds_of
from audit_service.use_cases.log_evidence import TOLD
from audit_service.use_cases.logbook import SignedCheckpoint, first_with
from audit_service.use_cases.reconciling import Checked, check_draw
from audit_service.use_cases.views import Done, DrawView, show_draw
from audit_service.vault import Vault


@dataclass(frozen=True)
class Record:
    """A draw that was carried out and may be known, with the check of its frame as it was at the freezing.

    `documents` says by which document a unit was substituted; `signed` is the first checkpoint of the log that holds
    all acts on the draw, if there is one yet.
    """

    view: DrawView
    done: Done
    commitment: Commitment
    sample: Sample
    secret: str
    checked: Checked
    documents: Mapping[str, str]
    signed: SignedCheckpoint | None

    @property
    def drawn(self) -> Act:
        return self.done.acts["run"]

    @property
    def set_aside(self) -> Act | None:
        return self.done.acts["set-aside"] if self.done.progress.state is State.SET_ASIDE else None

    @property
    def values(self) -> Mapping[tuple[str, str], str]:
        """The value of each event that decided."""
        return parse_public(self.done.public)

    @property
    def decided(self) -> tuple[Event, ...]:
        """The events that decided: those committed first, or the fallback ones."""
        events = self.commitment.events
        return events if [event.name for event in events] == list(self.values) else self.commitment.fallback

    @cached_property
    def excluded(self) -> Counter[tuple[str, str]]:
        """How many units of a stratum are excluded on a ground."""
        return Counter((row.stratum, row.ground) for row in self.view.draw.files.exclusions)

    @cached_property
    def cities(self) -> list[str]:
        """The cities of the frame, in order."""
        return sorted({cell.city for cell in self.sample.cells})

    @property
    def selected(self) -> list[SampleUnit]:
        """The sampled units as an office lists them: city by city, by code."""
        return sorted(self.sample.selected, key=lambda row: (row.city, row.unit))


def record_of(db: Connection, vault: Vault, name: str, now: datetime) -> Record:
    """The record of a draw; `Refused` before it is carried out, and of a sealed one before its reveal."""
    view = show_draw(db, vault, name, now, sealed=False)
    if view.done is None or view.done.progress.commitment is None or not view.done.progress.run:
        raise Refused(f"state-{view.state}", name=name)
    rules.check_published(view.done.progress)
    assert view.sample is not None
    return Record(
        view=view,
        done=view.done,
        commitment=view.done.progress.commitment,
        sample=view.sample,
        secret=seeds_of(db, vault, name, SAMPLE_ROUND).secret,
        checked=check_draw(db, name),
        documents=store.documents_of(db, name),
        signed=first_with(db, max(acts.numbers_of(db, [name], TOLD))),
    )
