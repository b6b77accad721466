"""The office records of an entry of what is due that it was seen to, or is given up, by a document and with its reason:
of what nothing else would take off the list (a deviation, a report that never came, what an order still asks for)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from audit_service.core.acts import Act, beijing_day
from audit_service.core.due import SETTLED, Item
from audit_service.errors import NotFound, Refused
from audit_service.store import acts
from audit_service.store.outstanding import DUE, SETTLE
from audit_service.use_cases.due import Asker, Known, due
from audit_service.vault import Vault


@dataclass(frozen=True)
class Asked:
    """Which entry: as the list has it. What is empty matters only where several would be meant."""

    kind: str
    subject: str
    policy: str = ""
    city: str = ""
    unit: str = ""

    def means(self, item: Item) -> bool:
        """Whether it is this entry."""
        told = ((self.policy, item.policy), (self.city, item.city), (self.unit, item.unit))
        same = (self.kind, self.subject) == (item.kind.value, item.subject)
        return same and all(asked in ("", found) for asked, found in told)


def settle(db: Connection, act: Act, vault: Vault, known: Known, asked: Asked, reason: str, document: str) -> Item:
    """Take an entry off the list; it, as it stood there. `NotFound` for none, `Refused` where several are meant, and
    for what ends by its own steps."""
    if not (reason.strip() and document.strip()):
        raise Refused("reason-empty" if not reason.strip() else "document-empty")
    if asked.kind not in SETTLED:
        raise Refused("due-settles-itself", kind=asked.kind, known=", ".join(SETTLED))
    found = [item for item in due(db, vault, known, Asker(), beijing_day(act.at)) if asked.means(item)]
    if len(found) != 1:
        what = {"kind": asked.kind, "subject": asked.subject}
        raise Refused("due-several", count=len(found), **what) if found else NotFound("due-none", **what)
    item = found[0]
    where = {"policy": item.policy, "city": item.city, "unit": item.unit, "about": item.subject}
    acts.record(db, act, SETTLE, DUE, kind=item.kind.value, **where, reason=reason.strip(), document=document.strip())
    return item
