"""Documents as the command line writes them: a draw's record, its frame as a workbook, notices, a deposit's envelopes.

Their language is the request's. What is recorded when it is handed out is written first, outside of any transaction:
so nothing is on record that could not be written, and nobody who acts waits for a typesetter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask import Response, request
from werkzeug.exceptions import NotAcceptable

from audit_service.core.acts import beijing_day
from audit_service.core.draws import SAMPLE_ROUND
from audit_service.core.rights import Right
from audit_service.files.bundles import write_bundle
from audit_service.files.excel import write_workbook
from audit_service.files.kinds import EXCEL, WORD
from audit_service.files.word import write_paper
from audit_service.papers import places
from audit_service.papers.deposit_paper import deposit_paper
from audit_service.papers.frame_sheets import sheets
from audit_service.papers.notice_files import notice_files
from audit_service.papers.record_paper import record_paper
from audit_service.papers.record_words import Words
from audit_service.use_cases import deposits, reconciling
from audit_service.use_cases.notices import Notices, find_notices, record_notices
from audit_service.use_cases.policies import counting
from audit_service.use_cases.reconciling import Checked
from audit_service.use_cases.record import record_of
from audit_service.web.api.parts import ROUND, files, resource
from audit_service.web.asking import Asking, asking
from audit_service.web.attached import attached, wording
from schemas.asks.bodies import PolicyAsk
from schemas.asks.sealed import NoticeFormAsk, NoticesFormAsk

draws = resource("papers", "draws/<string:draw>")
frames = resource("frame-papers", "frames")
ZIP: Final = "application/zip"
KINDS: Final = {"docx": WORD, "pdf": "application/pdf", "json": "application/x-ndjson"}
"""What a notice can be. Its bare text is a JSON object a line, one line or two, which is not one JSON document."""
Json = Mapping[str, Any]


@files(draws, "/record", Right.DRAWS_READ, (WORD,))
def record(draw: str) -> Response:
    """The record of a draw (随机抽取记录) in Word; of a sealed one after its reveal"""
    asked = asking()
    with asked.look() as db:
        found = record_of(db, asked.vault, draw, asked.now)
        names = places.names(db)
    words = Words(wording(), found.view.draw.programme, names)
    return attached(write_paper(record_paper(words, found)), WORD, f"{draw}-record.docx")


@files(draws, "/frame.xlsx", Right.DRAWS_READ, (EXCEL,))
def frame(draw: str) -> Response:
    """The check of a draw's frame (抽样框核对表) with every unit by name, in Excel"""
    asked = asking()
    with asked.look() as db:
        checked, cities = reconciling.check_draw(db, draw), places.cities(db)
    return _workbook(asked, checked, cities, draw)


@files(frames, "/check.xlsx", Right.DRAWS_READ, (EXCEL,), query=PolicyAsk)
def check(query: Json) -> Response:
    """The check of the frame under a policy before it is frozen, with every unit by name, in Excel"""
    asked = asking()
    with asked.look() as db:
        programme = counting(db, asked.runtime.policy, query["policy"])
        checked, cities = reconciling.check(db, programme, beijing_day(asked.now)), places.cities(db)
    return _workbook(asked, checked, cities, "")


def _workbook(asked: Asking, checked: Checked, cities: places.Cities, draw: str) -> Response:
    data = write_workbook(sheets(wording(), checked, cities, draw), asked.now)
    return attached(data, EXCEL, f"{draw or checked.programme.policy}-frame.xlsx")


@files(draws, "/notices/<string:unit>", Right.DRAWS_ACT, tuple(KINDS.values()), method="POST", query=NoticeFormAsk)
def notice(query: Json, draw: str, unit: str) -> Response:
    """Make the notice of a unit that is inspected, as `as` or else Accept says: in Word, as PDF, or its bare text; it
    is recorded"""
    kind = query["form"] or _accepted()
    (data,) = _notices(draw, [unit], kind).values()
    response = attached(data, KINDS[kind], f"{draw}-{unit}.{kind}")
    response.vary.add("Accept")
    return response


@files(draws, "/notices.zip", Right.DRAWS_ACT, (ZIP,), method="POST", query=NoticesFormAsk)
def all_notices(query: Json, draw: str) -> Response:
    """Make the notices of all units that are inspected, a file each in one zip, as `as` says; each is recorded"""
    return attached(write_bundle(_notices(draw, None, query["form"])), ZIP, f"{draw}-notices.zip")


def written_notices(draw: str, units: Sequence[str] | None, kind: str) -> tuple[Notices, dict[str, bytes]]:
    """Notices that are to be recorded, and the files that are to be handed out then: made while nobody has to wait."""
    asked = asking()
    with asked.look() as db:
        found = find_notices(db, asked.act, asked.vault, draw, units)
        words = Words(wording(), found.programme, places.names(db))
    return found, notice_files(words, found, kind, asked.runtime.seal, asked.runtime.settings.font_folder)


def _notices(draw: str, units: Sequence[str] | None, kind: str) -> dict[str, bytes]:
    """The files of notices, which are on record once they are written."""
    asked = asking()
    found, written = written_notices(draw, units, kind)
    with asked.begin() as db:
        record_notices(db, asked.act, asked.vault, found)
    return written


def _accepted() -> str:
    """The kind that the request prefers; Word where it does not mind."""
    best = request.accept_mimetypes.best_match(list(KINDS.values())) if request.accept_mimetypes else WORD
    if best is None:
        raise NotAcceptable
    return next(kind for kind, known in KINDS.items() if known == best)


def _envelopes(draw: str, number: int) -> Response:
    asked = asking()
    act = asked.act
    with asked.look() as db:
        deposit = deposits.find_deposit(db, act, asked.vault, draw, number)
    data = write_paper(deposit_paper(wording(), deposit, act))
    with asked.begin() as db:
        deposits.make_deposit(db, act, asked.vault, draw, number, deposits.PAPER, "")
    return attached(data, WORD, f"{deposit.name}-envelopes.docx")


@files(draws, "/deposit/envelopes", Right.DRAWS_ACT, (WORD,), method="POST")
def envelopes(draw: str) -> Response:
    """Print the secret of a sealed draw for two sealed envelopes, in Word; it is recorded"""
    return _envelopes(draw, SAMPLE_ROUND)


@files(draws, f"{ROUND}/deposit/envelopes", Right.DRAWS_ACT, (WORD,), method="POST")
def envelopes_round(draw: str, number: int) -> Response:
    """Print the secret of a sealed round for two sealed envelopes, in Word; it is recorded"""
    return _envelopes(draw, number)
