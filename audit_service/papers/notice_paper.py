"""The task notice as a paper: the official form on its first page, what proves it on the annex."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from audit_service.core.acts import beijing_day
from audit_service.core.canonical import parse_time
from audit_service.core.log_proofs import read_entry
from audit_service.core.notes import Key, parse_checkpoint, parse_note
from audit_service.core.notice import LogProof, NoticeProof, write_log, write_notice
from audit_service.files.paper import PAGE, PAGES, Blanks, Block, Code, Codes, Heading, PageBreak, Paper, Table, plain
from audit_service.papers.record_words import NONE, Words, beijing, two_lines
from audit_service.papers.wording import in_fours
from audit_service.use_cases.notices import Notices


def notice_paper(words: Words, found: Notices, proof: NoticeProof, log_key: Key) -> Paper:
    """The notice of one unit."""
    title = words.of(words.programme.title)
    return Paper(
        title=words.text("notice.title"),
        subtitle=words.text("record.subtitle", policy=title, draw=proof.draw),
        marks=tuple(_marks(words, found)),
        blocks=(*_letter(words, found, proof), PageBreak(), *_annex(words, found, proof, log_key)),
        footer=words.text("notice.footer", draw=proof.draw, unit=proof.leaf.unit, page=PAGE, pages=PAGES),
        at=found.issued.at,
        chinese=words.language == "zh",
    )


def _marks(words: Words, found: Notices) -> Iterator[str]:
    if found.demo:
        yield words.text("record.demo")
    if found.sealed and found.commitment.reveal_by:
        yield words.text("notice.sealed", date=words.day(found.commitment.reveal_by))


def _letter(words: Words, found: Notices, proof: NoticeProof) -> Iterator[Block]:
    leaf = proof.leaf
    yield plain(words.text("notice.addressee", name=_name(words, _where(found, leaf.unit))), "Addressee")
    yield plain(_why(words, found, leaf.unit))
    yield Heading(words.text("notice.task"))
    yield _task(words, found, proof)
    yield Blanks((34, 122), [(words.text(f"notice.{blank}"), "") for blank in ("when", "leader", "phone")])
    yield Heading(words.text("notice.bound"))
    place = {"city": words.city(leaf.city), "stratum": words.named("stratum", leaf.stratum)}
    told = "notice.place" if leaf.drawn else "notice.place-reserve"
    yield plain(words.text(told, position=leaf.position, sampled=leaf.sampled, **place))
    yield plain(_bound(words, found))
    yield plain(_full_proof(words, found), keep=True)
    yield plain(words.text("notice.seal", date=words.day(beijing_day(found.issued.at))), "Seal")


def _name(words: Words, unit: str) -> str:
    name = words.unit(unit)
    return unit if name == NONE else name


def _where(found: Notices, unit: str) -> str:
    """The unit that is visited: of a finding that is looked back on the one where it was found."""
    return found.findings[unit].unit if unit in found.findings else unit


def _looked_back(found: Notices, unit: str) -> str:
    """What is looked back on, of a finding; nothing of a unit."""
    return f"{unit} {found.findings[unit].description}" if unit in found.findings else ""


def _why(words: Words, found: Notices, unit: str) -> str:
    made, policy = found.replaced.get(unit), words.of(words.programme.title)
    if made is None:
        return words.text("notice.drawn", policy=policy)
    document = found.documents[made.unit]
    return words.text(
        "notice.substitute", policy=policy, replaced=_name(words, made.unit), batch=made.batch, document=document
    )


def _task(words: Words, found: Notices, proof: NoticeProof) -> Table:
    methods = {stratum.stratum: stratum.method for stratum in words.programme.strata}
    leaf, document = proof.leaf, dict(words.programme.document)
    unit = _where(found, leaf.unit)
    return words.facts(
        ("notice.mission", words.of(words.programme.title)),
        ("record.document", " ".join(filter(None, (document["title"], document["number"])))),
        ("record.draw", proof.draw),
        ("notice.unit", words.text("notice.unit-named", name=_name(words, unit), unit=unit)),
        ("notice.finding", _looked_back(found, leaf.unit)),
        ("notice.city", words.city(leaf.city)),
        ("notice.stratum", words.named("stratum", leaf.stratum)),
        ("notice.method", words.named("method", methods[leaf.stratum])),
        ("notice.drawn-at", words.text("record.revealed-at", at=beijing(found.drawn.at))),
    )


def _bound(words: Words, found: Notices) -> str:
    if found.log is None:
        return words.text("notice.bound-unlogged")
    return words.text("notice.bound-says", at=beijing(_logged_at(found.log)), entry=found.log.index + 1)


def _logged_at(log: LogProof) -> datetime:
    return parse_time(read_entry(log.entry.encode(), log.index)["at"], "log")


def _full_proof(words: Words, found: Notices) -> str:
    if found.sealed and found.commitment.reveal_by:
        return words.text("notice.proof-later", date=words.day(found.commitment.reveal_by))
    return words.text("notice.proof-now")


def _annex(words: Words, found: Notices, proof: NoticeProof, log_key: Key) -> Iterator[Block]:
    yield Heading(words.text("notice.annex"))
    codes = [Code(write_notice(proof), words.text("notice.code-unit"))]
    if found.log:
        codes.append(Code(write_log(found.log), words.text("notice.code-log")))
    yield Codes(tuple(codes))
    yield words.note("notice.how", keep=True)
    yield plain("python3 verify.py --notice notice.json --root ROOT --log-key KEY", "Code")
    yield words.note("notice.elsewhere")
    yield _numbers(words, found, proof, log_key)
    if proof.path:
        yield words.note("notice.path-says", count=len(proof.path), keep=True)
        columns = (words.middle("ordinal", 14), words.left("digest", 142))
        yield Table(columns, [[str(n), in_fours(found.hex())] for n, found in enumerate(proof.path, start=1)])


def _numbers(words: Words, found: Notices, proof: NoticeProof, log_key: Key) -> Table:
    salt, rest = proof.leaf.text[:64], proof.leaf.text[64:]
    rows = [
        ("record.c", two_lines(proof.c)),
        ("notice.root", two_lines(proof.root)),
        ("notice.leaf", f"{two_lines(salt)}\n{rest}"),
        ("notice.index", words.text("notice.index-of", index=proof.index, size=proof.size)),
    ]
    if found.log:
        note = parse_note(found.log.checkpoint.encode())
        checkpoint = parse_checkpoint(note.text)
        witnesses = [signature.name for signature in note.signatures if signature.name != checkpoint.origin]
        entry = words.text("notice.entry-of", entry=found.log.index + 1, size=checkpoint.size)
        rows += [
            ("notice.entry", entry),
            ("notice.checkpoint", two_lines(checkpoint.root.hex())),
            ("notice.witnesses", words.text("notice.between").join(witnesses)),
            ("notice.log-key", "+\n".join(str(log_key).rsplit("+", 1))),
        ]
    return words.facts(*rows)
