#!/usr/bin/env python3
"""The independent verifier of draws under the protocol `sampling-draw/1` (docs/protocol.md).

    python3 verify.py BUNDLE.zip [--anchors FILE] [--log-key KEY --witness-key KEY] [--json] [--lang zh|en]
    python3 verify.py --notice FILE [--root ROOT] [--log-key KEY [--witness-key KEY]] [--json] [--lang zh|en]

It needs Python 3.9 or later and nothing else, writes no file and uses no network. An anchors file holds what the reader
knows from elsewhere (the office's notice, a log, the lottery's own site): lines `C public`, one for each commitment.
So are the two keys known: that of the office's log, and that of a witness who signs its checkpoints.

    exit 0  verified: every step holds and the anchors agree
    exit 4  consistent: every step holds, but no anchors file was given
    exit 1  refused: the first step that fails is named
    exit 2  wrong usage: no such file, no regular file, a malformed anchors file, a malformed key

The steps (protocol, section 7). Step 1 is done for the whole bundle, 2 to 10 for the sample, 2 to 8 for each round, 11
for the whole bundle again.

     1 files      the zip opens, holds the files of the layout, and each of them has its form
     2 anchor     C, the digest of the commitment, stands in the anchors file
     3 frozen     the frozen files are the committed ones, and the rules that join several values hold
     4 secret     it is the committed one, or there is none
     5 public     it is of the committed events, well formed, and the same everywhere
     6 seed       it follows from C, public and secret
     7 sample: the allocation      round: the substitutions, the packets and who stands
     8 sample: who is selected     round: the assignment, or the proof that there is none
     9 notices    the root of the notice tree
    10 OCTO-41    the files by which ICANN's program repeats the draw
    11 log        entries of the office's log: draws and rounds that are not here are accounted for

Whether the log also shows that the commitments were made before their events is said apart; no verdict depends on it.

With --notice it checks instead what an inspected unit was handed, the text of a task notice's codes (docs/notice.md):

     1 form       of the text
     2 leaf       the unit's own leaf is in the notice tree
     3 log        the log has an entry with the tree's root
     4 root       it is the root that the reader knows
     5 signature  the log signed the checkpoint

Below: messages, step 1, steps 2 to 6, the sample's steps, the round's steps, the log, the whole, the notice, the
command line, the Chinese.
A function named need_… raises a Problem if what it is named for does not hold.
"""

from __future__ import annotations

import argparse
import base64
import errno
import hashlib
import io
import json
import os
import re
import stat
import struct
import sys
import zipfile
import zlib
from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from typing import Any, BinaryIO, NamedTuple, NoReturn

Rows = tuple[tuple[str, ...], ...]
Cell = tuple[str, str]  # stratum, city
Event = tuple[str, str]  # source, event
Seat = tuple[str, str, str]  # packet, inspector, role: a row of standing.csv
Anchors = Mapping[str, frozenset[str]]  # C -> the publics of its lines


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sha256(text: str) -> str:
    return digest(text.encode())


# ---------------------------------------------------------------------------------------------------------------------
# Messages. They stand in the code in English; the table CHINESE at the end gives the Chinese of each.


def clean(value: object) -> str:
    """Fit for a message, whatever a file holds: short, and without characters that steer a terminal."""
    text = str(value)
    text = text if len(text) <= 300 else f"{text[:300]}…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


class Message(NamedTuple):
    text: str
    values: tuple[str, ...] = ()

    def say(self, lang: str) -> str:
        return (CHINESE[self.text] if lang == "zh" else self.text).format(*self.values)


class Problem(Exception):
    """A check does not hold. Which step it belongs to, the caller knows."""

    def __init__(self, text: str, *values: object) -> None:
        super().__init__(text)
        self.why = Message(text, tuple(map(clean, values)))


class Usage(Problem):
    """No verdict: something that cannot be read was handed in."""


class Refused(Exception):
    """The first step that fails decides."""

    def __init__(self, step: int, part: str, why: Message) -> None:
        super().__init__(why.text)
        self.step, self.part, self.why = step, part, why


def need(holds: bool, text: str, *values: object) -> None:
    if not holds:
        raise Problem(text, *values)


# ---------------------------------------------------------------------------------------------------------------------
# Step 1: forms (protocol, section 1)

IDENTIFIER = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}"
POSITIVE = "[1-9][0-9]{0,3999}"
DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
KINDS = {  # of identifiers
    *("unit", "stratum", "city", "inspector", "pool", "role"),
    *("draw", "campaign", "policy", "method", "ground", "event"),
}
FORMS = {
    **dict.fromkeys(KINDS, IDENTIFIER),
    "packet": f"{IDENTIFIER}-[0-9]{{3,}}",
    "number": f"0|{POSITIVE}",
    "positive": POSITIVE,
    "rate": "[1-9][0-9]{0,3}|10000",
    "digits": "[2-9][0-9]|[1-9][0-9]{2,3999}",
    "size": "0|[1-9][0-9]{0,18}",
    "digest": "[0-9a-f]{64}",
    "date": DAY,
    "time": f"{DAY}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z",
    "base": "stratum|city",
    "same_city": "forbid|allow",
    "source": "d10|ssq|dlt|kl8",
    "text": "(?s:.*)",
}
PATTERNS = {form: re.compile(pattern) for form, pattern in FORMS.items()}

# The tables' columns; a star marks the key. A column's form has the column's name, or that given in COLUMN_FORMS.
TABLES = {
    "frame.csv": "*unit,stratum,city",
    "exclusions.csv": "*unit,stratum,ground",
    "allocation.csv": "*stratum,*city,units,sampled",
    "sample.csv": "stratum,city,*unit,position,ticket",
    "inspectors.csv": "*inspector,pool,role,city,capacity",
    "recusals.csv": "*inspector,*unit",
    "substitutions.csv": "batch,*unit,substitute",
    "standing.csv": "*packet,*inspector,role",
    "packets.csv": "pool,packet,*unit",
    "assignment.csv": "pool,*packet,role,*inspector",
}
COLUMN_FORMS = {
    **dict.fromkeys(("units", "sampled", "position"), "number"),
    "ticket": "digest",
    "capacity": "positive?",
    "batch": "positive",
    "substitute": "unit?",
}
SAMPLE_FROZEN = ("policy.json", "frame.csv", "exclusions.csv")
ROUND_FROZEN = ("teams.json", "inspectors.csv", "recusals.csv", "substitutions.csv", "standing.csv")

# The shapes of JSON. {…}: exactly these keys; [x]: a list of x; (x,): a list of at least one x; a text: the name of a
# form. "form?" also allows the empty text, "=word" allows the word alone.
EVENT = {"source": "source", "event": "event", "digits": "digits?", "not_before": "time"}
COMMITMENT = {
    "protocol": "=sampling-draw/1",
    "campaign": "campaign",
    "draw": "draw",
    "events": [EVENT],
    "fallback": [EVENT],
    "secret": "digest?",  # nosec B105  # a form
    "reveal_by": "date?",
}
SEED = {"public": "text", "secret": "digest?", "seed": "digest"}  # nosec B105  # forms
STRATUM = {"stratum": "stratum", "rate_bp": "rate", "base": "base", "method": "method"}
POOL = {
    "pool": "pool",
    "strata": ["stratum"],
    "packet_size": "positive",
    "same_city": "same_city",
    "seats": [{"role": "role", "count": "positive"}],
    "regions": [["city"]],
}
SAMPLE_SHAPES = {
    "commitment.json": {
        **COMMITMENT,
        **dict.fromkeys(("policy", "frame", "exclusions"), "digest"),
        "kind": "=sample",
        "replaces": "draw?",
    },
    "policy.json": {"policy": "policy", "strata": [STRATUM]},
    "seed.json": SEED,
}
ROUND_SHAPES = {
    "commitment.json": {
        **COMMITMENT,
        **dict.fromkeys(("teams", "inspectors", "recusals", "substitutions", "standing", "sample"), "digest"),
        "kind": "=assignment",
        "round": "positive",
    },
    "teams.json": {"pools": [POOL]},
    "seed.json": SEED,
    "infeasible.json": {"infeasible": ({"pool": "pool", "role": "role", "packets": ("packet",)},)},
}


def has_form(text: str, form: str) -> bool:
    """Protocol 1: one value by itself."""
    if form.startswith("="):
        return text == form[1:]
    if form.endswith("?"):
        return not text or has_form(text, form[:-1])
    return bool(PATTERNS[form].fullmatch(text)) and (form not in ("date", "time") or real_day(text[:10]))


def real_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


class Form:
    """The forms of the values of one file, and its identifiers of each kind."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: dict[str, set[str]] = defaultdict(set)

    def need(self, text: str, form: str, where: str) -> None:
        if not has_form(text, form):
            raise Problem('{0}: "{1}" has not the form {2}', where, text, form)
        kind = form.rstrip("?")
        if kind in KINDS:
            self.found[kind].add(text)

    def need_cases(self) -> None:
        """Protocol 1: two identifiers of a kind that differ must differ by more than upper and lower case."""
        for kind, found in self.found.items():
            seen: dict[str, str] = {}
            for text in found:
                pair = sorted((text, seen.setdefault(text.lower(), text)))
                need(pair[0] == pair[1], "{0}: {1} and {2} ({3}) differ by case alone", self.file, *pair, kind)

    def need_shape(self, value: Any, shape: Any, where: str) -> None:
        """Protocol 1, canonical JSON: texts, lists and objects, and exactly the keys named."""
        if isinstance(shape, str):
            need(isinstance(value, str), "{0}: a text must stand here", where)
            self.need(value, shape, where)
        elif isinstance(shape, dict):
            fits = isinstance(value, dict) and value.keys() == shape.keys()
            need(fits, "{0}: must have exactly the keys {1}", where, ", ".join(sorted(shape)))
            for key, inner in shape.items():
                self.need_shape(value[key], inner, f"{where} {key}")
        else:
            fits = isinstance(value, list) and bool(value or isinstance(shape, list))
            need(fits, "{0}: a list must stand here, and the lists of infeasible.json are not empty", where)
            for place, item in enumerate(value, 1):
                self.need_shape(item, shape[0], f"{where} {place}")


def no_number(text: str) -> NoReturn:
    raise ValueError("a bare number")


def read_json(data: bytes, shape: Any, file: str) -> Any:
    """Protocol 1, canonical JSON: the bytes are those that RFC 8785 gives for the value; so no key stands twice."""
    form = Form(file)
    try:
        value = json.loads(data.decode(), parse_int=no_number, parse_float=no_number, parse_constant=no_number)
        form.need_shape(value, shape, file)
        # Now all keys are ASCII and all values texts, and json.dumps writes those as RFC 8785 does.
        canonical = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    except (ValueError, RecursionError, MemoryError):  # ValueError: bad JSON, bad UTF-8, a number, a lone surrogate
        raise Problem("{0}: not JSON of texts, lists and objects", file) from None
    need(canonical == data, "{0}: the JSON is not canonical (RFC 8785)", file)
    form.need_cases()
    return value


def read_table(data: bytes, heading: str, file: str) -> Rows:
    """Protocol 1, canonical CSV: the header, rows in the order of bytes, every key once."""
    form = Form(file)
    columns = [column.lstrip("*") for column in heading.split(",")]
    key_places = [place for place, column in enumerate(heading.split(",")) if column.startswith("*")]
    lines = io.BytesIO(data)
    need(next(lines, b"") == f"{','.join(columns)}\n".encode(), "{0}: the header must be {1}", file, ",".join(columns))
    rows: list[tuple[str, ...]] = []
    before = b""
    for number, line in enumerate(lines, 2):
        where = f"{file} {number}"
        if not line.endswith(b"\n") or line.count(b",") != len(columns) - 1:
            raise Problem("{0}: a row must have {1} fields and end in LF", where, len(columns))
        if line <= before:
            raise Problem("{0}: the rows must stand in the order of bytes, none twice", where)
        row = tuple(line[:-1].decode(errors="replace").split(","))  # U+FFFD has none of the forms
        for place, column in enumerate(columns):
            form.need(row[place], COLUMN_FORMS.get(column, column), where)
        rows.append(row)
        before = line
    keys = Counter(tuple(row[place] for place in key_places) for row in rows)
    for key, times in keys.items():
        need(times == 1, "{0}: {1} stands twice", file, ",".join(key))
    form.need_cases()
    return tuple(rows)


# ---------------------------------------------------------------------------------------------------------------------
# Step 1: the zip and its layout (protocol, section 7)

MAX_ENTRIES = 500_000
MAX_BYTES = 1 << 30
MAX_FILE = 256 << 20
MAX_JSON = 16 << 20
LOG_PART = r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}"
ZIP_ERRORS = (  # RuntimeError includes NotImplementedError, ArithmeticError OverflowError, ValueError bad UTF-8
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError),
    *(RuntimeError, ArithmeticError, ValueError, MemoryError),
)
RESULTS = ("assignment.csv", "infeasible.json")
SAMPLE_FILES = (*SAMPLE_FROZEN, "commitment.json", "seed.json", "allocation.csv", "sample.csv", "notices.txt")
ROUND_FILES = (*ROUND_FROZEN, "commitment.json", "seed.json", "packets.csv")
LAYOUT = re.compile(
    r"README\.txt"
    rf"|sample/({'|'.join(map(re.escape, SAMPLE_FILES))}|octo41/{IDENTIFIER}/{IDENTIFIER}\.(candidates|selection))"
    rf"|rounds/{POSITIVE}/({'|'.join(map(re.escape, (*ROUND_FILES, *RESULTS)))})"
    rf"|log/({LOG_PART}/)*{LOG_PART}"
    rf"|sample/(octo41/({IDENTIFIER}/)?)?|rounds/({POSITIVE}/)?|log/({LOG_PART}/)*"  # folders
)


@dataclass(frozen=True)
class Part:
    """The sample or a round: its files as bytes, and what they say."""

    name: str  # sample or rounds/<n>
    raw: Mapping[str, bytes]
    json: Mapping[str, Any]
    rows: Mapping[str, Rows]

    @property
    def commitment(self) -> Any:
        return self.json["commitment.json"]

    @property
    def C(self) -> str:
        return digest(self.raw["commitment.json"])

    @property
    def public(self) -> str:
        return str(self.json["seed.json"]["public"])

    @property
    def secret(self) -> str:
        return str(self.json["seed.json"]["secret"])

    @property
    def seed(self) -> str:
        return str(self.json["seed.json"]["seed"])


@dataclass(frozen=True)
class Bundle:
    sample: Part
    rounds: tuple[Part, ...]
    octo41: Mapping[str, bytes]
    log: Mapping[str, bytes]  # the files below log/, by their names there


def need_apart(archive: zipfile.ZipFile, stream: BinaryIO) -> None:
    """No two entries share bytes of the zip (only newer versions of Python look after this themselves)."""
    end = 0
    for entry in sorted(archive.infolist(), key=lambda entry: entry.header_offset):
        need(end <= entry.header_offset, "the zip's entries overlap")
        stream.seek(entry.header_offset + 26)
        end = entry.header_offset + 30 + sum(struct.unpack("<HH", stream.read(4))) + entry.compress_size
    need(end <= archive.start_dir, "the zip's entries overlap")


def need_entry(entry: zipfile.ZipInfo, files: Collection[str]) -> None:
    """What can be said of an entry before it is unpacked."""
    name = entry.orig_filename  # as it stands in the zip
    need(bool(LAYOUT.fullmatch(name)), '"{0}" is foreign to the layout', name)
    need(name not in files, '"{0}" stands in the zip twice', name)
    need(not entry.flag_bits & 0x41, "{0} is encrypted", name)
    methods = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    need(entry.compress_type in methods, "{0} is compressed by another method than deflate", name)


def unpack_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> tuple[int, bytes]:
    """Length and contents, counted while unpacking, whatever the zip claims. The last read checks the checksum."""
    name, length, unpacked = entry.orig_filename, 0, io.BytesIO()
    endless = copy(entry)
    endless.file_size = sys.maxsize  # else the library stops at the length that the zip claims, whatever follows
    with archive.open(endless) as contents:
        while chunk := contents.read(1 << 16):
            length += len(chunk)
            need(length <= room, "the entries, or one of them, unpack to more than is allowed")
            if name != "README.txt":  # which is not evidence
                unpacked.write(chunk)
    need(length == entry.file_size, "{0} has not the length that the zip claims", name)
    need(not name.endswith("/") or not length, "the folder {0} has contents", name)
    return length, unpacked.getvalue()


def unpack(stream: BinaryIO) -> dict[str, bytes]:
    """Every entry of the zip, by name."""
    files: dict[str, bytes] = {}
    room = MAX_BYTES
    try:
        with zipfile.ZipFile(stream) as archive:
            need(len(archive.infolist()) <= MAX_ENTRIES, "the zip holds more than 500,000 entries")
            need_apart(archive, stream)
            for entry in archive.infolist():
                need_entry(entry, files)
                largest = MAX_JSON if entry.orig_filename.endswith(".json") else MAX_FILE
                length, files[entry.orig_filename] = unpack_entry(archive, entry, min(room, largest))
                room -= length
    except ZIP_ERRORS as error:
        raise Problem("the zip cannot be read: {0}", error) from None
    except OSError as error:
        if error.errno != errno.EINVAL:  # that is what a forged offset gives; all else is the disk
            raise
        raise Problem("the zip cannot be read: {0}", error) from None
    return files


def read_part(name: str, raw: Mapping[str, bytes]) -> Part:
    """The files of the sample or of one round: all there, and each in its form."""
    wanted, shapes = (SAMPLE_FILES, SAMPLE_SHAPES) if name == "sample" else (ROUND_FILES, ROUND_SHAPES)
    for file in wanted:
        need(file in raw, "{0} is missing", f"{name}/{file}")
    need(
        name == "sample" or sum(file in raw for file in RESULTS) == 1,
        "{0}: exactly one of assignment.csv and infeasible.json must be there",
        name,
    )
    part = Part(
        name,
        raw,
        {file: read_json(data, shapes[file], f"{name}/{file}") for file, data in raw.items() if file in shapes},
        {file: read_table(data, TABLES[file], f"{name}/{file}") for file, data in raw.items() if file in TABLES},
    )
    for event in part.commitment["events"] + part.commitment["fallback"]:
        fits = (event["digits"] != "") == (event["source"] == "d10")
        need(fits, "{0}/commitment.json: digits are for d10, and for d10 alone", name)
    return part


def need_sample_files(sample: Part) -> None:
    """What step 1 says of the sample alone."""
    for stratum, times in Counter(entry["stratum"] for entry in sample.json["policy.json"]["strata"]).items():
        need(times == 1, "{0}: {1} stands twice", "sample/policy.json", stratum)
    notices = re.fullmatch(rb"[0-9a-f]{64}\n", sample.raw["notices.txt"])
    need(bool(notices), "sample/notices.txt must be one digest and LF")


def read_bundle(stream: BinaryIO) -> Bundle:
    """Step 1."""
    folders: dict[str, dict[str, bytes]] = defaultdict(dict)
    octo41: dict[str, bytes] = {}
    log: dict[str, bytes] = {}
    for path, data in unpack(stream).items():
        folder, _, file = path.rpartition("/")
        if folder.startswith("sample/octo41/") and file:
            octo41[path] = data
        elif path.startswith("log/") and file:
            log[path[4:]] = data
        else:
            folders[folder][file] = data  # the file "" is the folder itself
    sample = read_part("sample", folders["sample"])
    need_sample_files(sample)
    rounds = sorted((folder for folder in folders if folder.startswith("rounds/")), key=lambda name: int(name[7:]))
    return Bundle(sample, tuple(read_part(name, folders[name]) for name in rounds), octo41, log)


# ---------------------------------------------------------------------------------------------------------------------
# Steps 2 to 6, the same for the sample and the rounds

BITS = {"ssq": 2408, "dlt": 2435, "kl8": 6161}  # hundredths of a bit
BITS_OF_DIGIT = 332
BALLS = {"ssq": ((6, "33"), (1, "16")), "dlt": ((5, "35"), (2, "12")), "kl8": ((20, "80"),)}  # how many, the highest


def need_anchor(part: Part, anchors: Anchors | None) -> None:
    """Step 2."""
    need(anchors is None or part.C in anchors, "C {0} is not in the anchors file", part.C)


def need_frozen(part: Part, files: Iterable[str]) -> None:
    """Step 3: the digests. In a sealed round they are hidden by the secret (protocol 6)."""
    hidden = part.name != "sample" and part.commitment["secret"] != ""
    for file in files:
        plain = digest(part.raw[file])
        found = sha256(f"{plain}/{part.secret}") if hidden else plain
        committed = part.commitment[file.partition(".")[0]]
        need(found == committed, "{0}: its digest gives {1}, committed is {2}", file, found, committed)


def need_events(commitment: Any) -> None:
    """Step 3: source and event once in a list, at least 6000 hundredths of a bit (protocol 2)."""
    for key in ("events", "fallback"):
        events = commitment[key]
        for (source, event), times in Counter((entry["source"], entry["event"]) for entry in events).items():
            need(times == 1, "commitment.json: {0} names {1}:{2} twice", key, source, event)
        bits = sum(BITS.get(entry["source"]) or BITS_OF_DIGIT * int(entry["digits"]) for entry in events)
        unused = key == "fallback" and not events
        need(unused or bits >= 6000, "commitment.json: {0} do not reach 6000 hundredths of a bit", key)


def need_reveal(commitment: Any) -> None:
    """Step 3: secret and reveal_by (protocol 2)."""
    both = (commitment["secret"] == "") == (commitment["reveal_by"] == "")
    need(both, "commitment.json: secret and reveal_by must be both empty or both filled")
    if commitment["reveal_by"]:
        latest = max(event["not_before"] for event in commitment["events"] + commitment["fallback"])
        days = (date.fromisoformat(commitment["reveal_by"]) - date.fromisoformat(latest[:10])).days
        need(0 <= days <= 180, "commitment.json: reveal_by is {0} days after the last event, not 0 to 180", days)


def need_secret(part: Part) -> None:
    """Step 4."""
    found = sha256(part.secret) if part.secret else ""
    need(found == part.commitment["secret"], "seed.json: the secret is not the committed one")


def ascending(group: str, count: int, highest: str) -> bool:
    """`count` numbers of two digits, strictly ascending, from 01 to the highest."""
    balls = ["00", *(group[k : k + 2] for k in range(0, len(group), 2))]
    return (
        re.fullmatch("[0-9]*", group) is not None
        and len(group) == 2 * count
        and all(balls[k] < balls[k + 1] for k in range(count))
        and balls[-1] <= highest
    )


def well_formed(event: Mapping[str, str], value: str) -> bool:
    """Protocol 3: the value of one event."""
    if event["source"] == "d10":
        return re.fullmatch("[0-9]*", value) is not None and len(value) == int(event["digits"])
    groups, rules = value.split("+"), BALLS[event["source"]]
    return len(groups) == len(rules) and all(ascending(groups[k], *rule) for k, rule in enumerate(rules))


def values_of(public: str, events: Sequence[Mapping[str, str]]) -> dict[Event, str] | None:
    """The values, if the text is exactly of these events and each value is well formed (protocol 3)."""
    texts = public.split(",")
    if len(texts) != len(events):
        return None
    values = {}
    for place, event in enumerate(events):
        head = f"{event['source']}:{event['event']}:"
        value = texts[place][len(head) :]
        if not texts[place].startswith(head) or not well_formed(event, value):
            return None
        values[event["source"], event["event"]] = value
    return values


def need_public(part: Part, known: Mapping[Event, str], anchors: Anchors | None) -> dict[Event, str]:
    """Step 5. Returns the values."""
    values = values_of(part.public, part.commitment["events"])
    if values is None and part.commitment["fallback"]:
        values = values_of(part.public, part.commitment["fallback"])
    if values is None:
        raise Problem('seed.json: "{0}" is not of exactly the events or the fallback, or malformed', part.public)
    for event, value in values.items():
        other = known.get(event, value)
        need(value == other, 'seed.json: {0} is "{1}" here and "{2}" elsewhere', ":".join(event), value, other)
    for public in sorted((anchors or {}).get(part.C, ())):
        need(public == part.public, 'seed.json: public is "{0}", the anchors say "{1}"', part.public, public)
    return values


def need_seed(part: Part) -> None:
    """Step 6 (protocol 3)."""
    seed = sha256(f"{part.C}/{part.public}/{part.secret}")
    need(part.seed == seed, "{0}: there stands {1}, there must stand {2}", "seed.json", part.seed, seed)


# ---------------------------------------------------------------------------------------------------------------------
# The sample, steps 3 and 7 to 10


def ticket(name: str, seed: str) -> str:
    """Protocol 4."""
    return sha256(f"{name}/{seed}".encode().hex())


@dataclass(frozen=True)
class Draw:
    """What section 5 gives."""

    seed: str
    cell_of: Mapping[str, Cell]  # in the frame's order
    tickets: Mapping[str, str]
    cells: Mapping[Cell, Sequence[str]]  # in ticket order
    sampled: Mapping[Cell, int]

    def in_order(self, units: Iterable[str]) -> list[str]:
        """In ticket order."""
        return sorted(units, key=self.tickets.__getitem__, reverse=True)

    def positions(self) -> dict[str, int]:
        return {unit: place for units in self.cells.values() for place, unit in enumerate(units, 1)}

    def selected(self) -> list[str]:
        return self.in_order(unit for cell, units in self.cells.items() for unit in units[: self.sampled[cell]])

    def reserves(self) -> list[str]:
        return self.in_order(unit for cell, units in self.cells.items() for unit in units[self.sampled[cell] :])


def need_policy(sample: Part) -> None:
    """Step 3: the rules that join frame, exclusions and policy (protocol 2)."""
    strata = {entry["stratum"] for entry in sample.json["policy.json"]["strata"]}
    units = {unit for unit, _, _ in sample.rows["frame.csv"]}
    for file in ("frame.csv", "exclusions.csv"):
        for unit, stratum, _ in sample.rows[file]:
            need(stratum in strata, "{0}: the stratum {1} of {2} is not in the policy", file, stratum, unit)
    for unit, _, _ in sample.rows["exclusions.csv"]:
        need(unit not in units, "exclusions.csv: {0} also stands in frame.csv", unit)


def allocate(entry: Mapping[str, str], sizes: Mapping[str, int], seed: str) -> dict[str, int]:
    """Protocol 5: n_c of each city that has units of one stratum of the policy."""
    rate, stratum, N = int(entry["rate_bp"]), entry["stratum"], sum(sizes.values())
    if entry["base"] == "city":
        return {city: (rate * size + 9999) // 10000 for city, size in sizes.items()}
    if not N:
        return {}
    n = (rate * N + 9999) // 10000
    u = int(ticket(f"start:{stratum}", seed), 16) % N
    S, counts = 0, {}
    for city in sorted(sizes, key=lambda city: ticket(f"city:{stratum}:{city}", seed), reverse=True):
        counts[city] = ((S + sizes[city]) * n + u) // N - (S * n + u) // N
        S += sizes[city]
    return counts


def draw_sample(sample: Part) -> Draw:
    """Protocol 5."""
    cell_of = {unit: (stratum, city) for unit, stratum, city in sample.rows["frame.csv"]}
    tickets = {unit: ticket(unit, sample.seed) for unit in cell_of}
    cells: dict[Cell, list[str]] = defaultdict(list)
    for unit in sorted(cell_of, key=tickets.__getitem__, reverse=True):
        cells[cell_of[unit]].append(unit)
    sizes: dict[str, dict[str, int]] = defaultdict(dict)
    for (stratum, city), units in cells.items():
        sizes[stratum][city] = len(units)
    sampled: dict[Cell, int] = {}
    for entry in sample.json["policy.json"]["strata"]:
        counts = allocate(entry, sizes[entry["stratum"]], sample.seed)
        sampled.update({(entry["stratum"], city): count for city, count in counts.items()})
    return Draw(sample.seed, cell_of, tickets, dict(cells), sampled)


def need_table(part: Part, file: str, rows: Iterable[Sequence[object]]) -> None:
    """The table is made of exactly these rows, in the order of bytes; else the first line that differs is named."""
    lines = [TABLES[file].replace("*", ""), *sorted(",".join(map(str, row)) for row in rows)]
    found = part.raw[file].decode().split("\n")[:-1]
    if found != lines:
        common = min(len(found), len(lines))
        first = next((k for k in range(common) if found[k] != lines[k]), common)
        stands, must = ((table[first] if first < len(table) else "–") for table in (found, lines))
        raise Problem("{0}: there stands {1}, there must stand {2}", f"{file} {first + 1}", stands, must)


def need_allocation(sample: Part, draw: Draw) -> None:
    """Step 7 of the sample."""
    rows = ((*cell, len(units), draw.sampled[cell]) for cell, units in draw.cells.items())
    need_table(sample, "allocation.csv", rows)


def need_sample(sample: Part, draw: Draw) -> None:
    """Step 8 of the sample."""
    places = draw.positions()
    rows = ((*cell, unit, places[unit], draw.tickets[unit]) for unit, cell in draw.cell_of.items())
    need_table(sample, "sample.csv", rows)


def tree_root(leaves: Iterable[bytes]) -> str:
    """Protocol 5: the root of the tree of RFC 6962, which is that of pairing from the left, an odd one going up."""
    level = [hashlib.sha256(b"\0" + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\1" + level[k] + level[k + 1]).digest() for k in range(0, len(level) - 1, 2)]
        level = pairs + level[2 * len(pairs) :]
    return level[0].hex() if level else digest(b"")


def need_notices(sample: Part, draw: Draw) -> None:
    """Step 9."""
    places = draw.positions()
    root = tree_root(
        f"{ticket(f'salt:{unit}', draw.seed)}/{unit}/{'/'.join(cell)}/{places[unit]}/{draw.sampled[cell]}".encode()
        for unit, cell in draw.cell_of.items()
    )
    found = sample.raw["notices.txt"].decode().strip()
    need(found == root, "{0}: there stands {1}, there must stand {2}", "notices.txt", found, root)


def need_octo41(found: Mapping[str, bytes], draw: Draw) -> None:
    """Step 10."""
    must: dict[str, bytes] = {}
    for cell, count in draw.sampled.items():
        if count:
            path = f"sample/octo41/{cell[0]}/{cell[1]}"
            must[f"{path}.candidates"] = "".join(f"{unit}\n" for unit in sorted(draw.cells[cell])).encode()
            must[f"{path}.selection"] = f"{count}\n{draw.seed}\n".encode()
    for file in sorted({*must, *found}):
        need(file in found, "{0} is missing", file)
        need(file in must, "{0} must not be there", file)
        need(found[file] == must[file], "{0} is not what the draw gives", file)


# ---------------------------------------------------------------------------------------------------------------------
# A round, steps 3 and 7


class Inspector(NamedTuple):
    """A row of inspectors.csv."""

    name: str
    pool: str
    role: str
    city: str
    capacity: str

    def has_room(self, load: int) -> bool:
        return not self.capacity or load < int(self.capacity)


@dataclass(frozen=True)
class Packet:
    name: str
    pool: str
    units: tuple[str, ...]  # those it holds now
    cities: frozenset[str]


def inspectors_of(part: Part) -> list[Inspector]:
    return [Inspector(*row) for row in part.rows["inspectors.csv"]]


def need_same_draw(part: Part, sample: Part, earlier: Part | None) -> None:
    """Step 3 of a round: it belongs to this sample, and its teams are those of the earlier round (protocol 6)."""
    wanted = {key: sample.commitment[key] for key in ("campaign", "draw")}
    wanted.update(sample=sample.C, round=part.name.partition("/")[2])
    for key, must in wanted.items():
        stands = part.commitment[key]
        need(stands == must, "{0}: there stands {1}, there must stand {2}", f"commitment.json {key}", stands, must)
    if earlier:
        need(part.raw["teams.json"] == earlier.raw["teams.json"], "teams.json is not that of {0}", earlier.name)


def need_teams(part: Part, sample: Part) -> None:
    """Step 3 of a round: the rules on pools, roles, cities and strata (protocol 6)."""
    pools = part.json["teams.json"]["pools"]
    once = Counter(("", "pool", pool["pool"]) for pool in pools)
    for pool in pools:
        once.update((pool["pool"], "role", seat["role"]) for seat in pool["seats"])
        once.update((pool["pool"], "city", city) for region in pool["regions"] for city in region)
    for (name, kind, text), times in once.items():
        need(times == 1, "teams.json {0}: the {1} {2} stands twice", name, kind, text)
    policy = {entry["stratum"] for entry in sample.json["policy.json"]["strata"]}
    strata = Counter(stratum for pool in pools for stratum in set(pool["strata"]))
    for stratum in sorted(policy | strata.keys()):
        fits = stratum in policy and strata[stratum] == 1
        need(fits, "teams.json: the stratum {0} must be in the policy and in exactly one pool", stratum)


def need_people(part: Part, sample: Part) -> None:
    """Step 3 of a round: the rules on inspectors and recusals (protocol 6)."""
    roles = {(pool["pool"], seat["role"]) for pool in part.json["teams.json"]["pools"] for seat in pool["seats"]}
    for person in inspectors_of(part):
        fits = (person.pool, person.role) in roles
        need(fits, "inspectors.csv: {0}: {1} has no seats of the role {2}", person.name, person.pool, person.role)
    units = {unit for unit, _, _ in sample.rows["frame.csv"]}
    for inspector, unit in part.rows["recusals.csv"]:
        need(unit in units, "recusals.csv: {0},{1}: the unit is not in the frame", inspector, unit)


def batches_of(part: Part) -> list[list[str]]:
    """The units to be replaced, batch by batch; batches are numbered 1, 2, … without gaps (protocol 5)."""
    batches: dict[int, list[str]] = defaultdict(list)
    for batch, unit, _ in part.rows["substitutions.csv"]:
        batches[int(batch)].append(unit)
    numbers = sorted(batches)
    need(numbers == list(range(1, len(numbers) + 1)), "substitutions.csv: the numbers of the batches have gaps")
    return [batches[number] for number in numbers]


def substitute(batches: Iterable[Sequence[str]], draw: Draw) -> dict[str, str]:
    """Protocol 5, Substitution: unit -> its substitute, or "" for nothing."""
    reserves: dict[Any, list[str]] = defaultdict(list)  # of a cell and of a stratum; the last is the next
    for unit in reversed(draw.reserves()):
        reserves[draw.cell_of[unit]].append(unit)
        reserves[draw.cell_of[unit][0]].append(unit)
    replaceable, used = set(draw.selected()), {""}
    given: dict[str, str] = {}
    for batch in batches:
        for unit in batch:
            need(unit in replaceable, "substitutions.csv: {0} is neither selected nor given by an earlier batch", unit)
        for unit in draw.in_order(batch):
            cell = draw.cell_of[unit]
            given[unit] = first_unused(reserves[cell], used) or first_unused(reserves[cell[0]], used)
            used.add(given[unit])
        replaceable.update(given[unit] for unit in batch)
    return given


def first_unused(reserves: list[str], used: Collection[str]) -> str:
    """The next that is not used. What is passed over is used and stays so: it need not be kept."""
    while reserves and reserves[-1] in used:
        reserves.pop()
    return reserves[-1] if reserves else ""


def need_substitutions(part: Part, draw: Draw, earlier: Part | None) -> dict[str, str]:
    """Step 7 of a round: they follow from the sample's tickets, and no row of the earlier round's is gone."""
    given = substitute(batches_of(part), draw)
    rows = dict.fromkeys(part.rows["substitutions.csv"])
    need_table(part, "substitutions.csv", ((batch, unit, given[unit]) for batch, unit, _ in rows))
    for row in earlier.rows["substitutions.csv"] if earlier else ():
        need(row in rows, "substitutions.csv: without the earlier round's row {0}", ",".join(row))
    return given


def cut(units: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Protocol 6, Packets, 3: runs whose lengths differ by at most one, the longer ones first."""
    k = (len(units) + size - 1) // size
    start = 0
    for run in range(k):
        end = start + len(units) // k + (run < len(units) % k)
        yield units[start:end]
        start = end


def runs_of(pool: Any, draw: Draw) -> Iterator[Sequence[str]]:
    """Protocol 6, Packets, 1 to 3: the runs of one pool, region by region."""
    selected: dict[str, list[str]] = defaultdict(list)  # of the pool's strata, by city, in ticket order
    for unit in draw.selected():
        stratum, city = draw.cell_of[unit]
        if stratum in pool["strata"]:
            selected[city].append(unit)
    listed = {city for region in pool["regions"] for city in region}
    for region in (*pool["regions"], *([city] for city in sorted(selected.keys() - listed))):
        yield from cut([unit for city in region for unit in selected.get(city, ())], int(pool["packet_size"]))


def make_packets(pools: Any, draw: Draw, given: Mapping[str, str]) -> list[Packet]:
    """Protocol 6, Packets. An empty one is kept: its name is not given again."""

    def now(unit: str) -> str:
        while unit in given:  # each unit is replaced at most once, and by one not used before, so this ends
            unit = given[unit]
        return unit

    packets = []
    for pool in pools:
        for number, run in enumerate(runs_of(pool, draw), 1):
            units = tuple(unit for unit in map(now, run) if unit)
            cities = frozenset(draw.cell_of[unit][1] for unit in units)
            packets.append(Packet(f"{pool['pool']}-{number:03}", pool["pool"], units, cities))
    return packets


def who_stands(part: Part, packets: Iterable[Packet], last: Part | None) -> list[Seat]:
    """Protocol 6, Who stands. `last` is the latest earlier round that has an assignment."""
    listed = {(person.name, person.pool, person.role) for person in inspectors_of(part)}
    alive = {packet.name for packet in packets if packet.units}
    return [
        (packet, inspector, role)
        for pool, packet, role, inspector in (last.rows["assignment.csv"] if last else ())
        if (inspector, pool, role) in listed and packet in alive
    ]


# ---------------------------------------------------------------------------------------------------------------------
# A round, step 8: the seats (protocol, section 6). A packet is known here by its place in the pool's turns.


class Pool:
    """The packets of one pool that have units, in the order of their turns, and their teams."""

    def __init__(self, part: Part, name: str, packets: Iterable[Packet], standing: Iterable[Seat]) -> None:
        self.name, self.seed = name, part.seed
        alive = [packet for packet in packets if packet.pool == name and packet.units]
        self.turns = sorted(alive, key=lambda packet: ticket(f"turn:{packet.name}", part.seed), reverse=True)
        place = {packet.name: turn for turn, packet in enumerate(self.turns)}
        self.standing = [(place[packet], person, role) for packet, person, role in standing if packet in place]
        self.team: list[set[str]] = [set() for _ in self.turns]
        for turn, name_on_it, _ in self.standing:
            self.team[turn].add(name_on_it)
        self.people = {person.name: person for person in inspectors_of(part) if person.pool == name}
        recused: dict[str, set[str]] = defaultdict(set)
        for inspector, unit in part.rows["recusals.csv"]:
            recused[unit].add(inspector)
        self.recused = [{i for unit in packet.units for i in recused.get(unit, ())} for packet in self.turns]


@dataclass
class Search:
    """What the search for one seat has reached and met so far."""

    via: dict[int, str]  # packet reached -> the person through whom; "" for p
    distance: dict[int, int]
    unmet: set[str]
    source: dict[str, int] = field(default_factory=dict)  # person met -> the packet from which
    met: list[str] = field(default_factory=list)  # the same people, in the order in which they were met
    left: dict[frozenset[str], set[str]] = field(default_factory=dict)  # cities -> the unmet who may inspect there
    roomy: bool = False  # somebody met has room
    nearest: int | None = None  # the distance at which somebody with room and the least load of all was met first


class Role:
    """One role of a pool: its people fill its seats by themselves."""

    def __init__(self, pool: Pool, role: str, count: int, forbid: bool) -> None:
        self.pool, self.role, self.forbid = pool, role, forbid
        self.people = {person.name: person for person in pool.people.values() if person.role == role}
        self.kept = [(turn, person) for turn, person, standing_role in pool.standing if standing_role == role]
        kept = Counter(turn for turn, _ in self.kept)
        self.open = [count - kept[turn] for turn in range(len(pool.turns))]
        self.load = Counter(person for _, person in self.kept)
        self.sits: dict[str, list[int]] = {person: [] for person in self.people}  # by this round alone
        self.allowed: dict[frozenset[str], set[str]] = {}
        self.useful: set[str] = set()  # the others can sit nowhere, now or later; they are never met
        for turn in range(len(pool.turns)):
            self.useful |= self.can(turn)
        self.rank: dict[str, str] = {}
        self.room: dict[int, set[str]] = {}  # load -> the useful people who have it and have room
        for name in self.people:
            self.weigh(name)

    def allowed_in(self, cities: frozenset[str]) -> set[str]:
        """The people whom same_city does not keep from a packet with these cities."""
        if cities not in self.allowed:
            people = self.people.values()
            self.allowed[cities] = {person.name for person in people if not (self.forbid and person.city in cities)}
        return self.allowed[cities]

    def can(self, turn: int) -> set[str]:
        """Everybody i with can(i, p)."""
        return self.allowed_in(self.pool.turns[turn].cities) - self.pool.recused[turn] - self.pool.team[turn]

    def weigh(self, person: str) -> None:
        """Note the rank that the person has with this load, and whether there is room."""
        load = self.load[person]
        self.rank[person] = ticket(f"inspector:{load}:{person}", self.pool.seed)
        if person in self.useful and self.people[person].has_room(load):
            self.room.setdefault(load, set()).add(person)

    def grow(self, person: str) -> None:
        """The load of the chosen grows by 1."""
        level = self.room[self.load[person]]
        level.remove(person)
        if not level:
            del self.room[self.load[person]]
        self.load[person] += 1
        self.weigh(person)

    def has_room(self, person: str) -> bool:
        return person in self.room.get(self.load[person], ())

    def least_loaded(self) -> Collection[str]:
        """Of the people with room, those with the least load."""
        return self.room[min(self.room)] if self.room else ()

    def fill(self) -> list[str]:
        """Fill every open seat. If that is impossible, the proof: the names of the packets reached."""
        for s in range(1, max(self.open, default=0) + 1):
            for turn, seats in enumerate(self.open):
                reached = self.fill_seat(turn) if seats >= s else ()
                if reached:
                    return sorted(self.pool.turns[place].name for place in reached)
        return []

    def fill_seat(self, turn: int) -> Collection[int]:
        """Fill one seat of the packet p that has this turn. If that is impossible, return the packets reached.

        If among the people of the least load of all with room some have can(i, p), no search is needed, for the text
        chooses among just these: they are met from p itself, so they are in F; nobody in F has less load; and whoever
        else has as little is met from a packet at a distance of 1 or more, while theirs is 0.
        """
        search = Search({turn: ""}, {turn: 0}, self.useful)
        direct = self.can(turn).intersection(self.least_loaded())
        if direct:
            search.source = dict.fromkeys(direct, turn)
            chosen = self.best(direct, search)
        else:
            self.search(search, turn)
            if not search.roomy:
                return search.via
            chosen = self.choose(search)
        self.move(chosen, search)
        self.grow(chosen)
        return ()

    def search(self, search: Search, turn: int) -> None:
        """Reach packets and meet people.

        The text appends packets to the list in the order in which the people they are reached through were met, so
        going through the people met gives the same list. Once somebody with room is met, only who is chosen matters.
        So packets whose cities allow nobody still unmet are passed over, and the search ends when nobody is left to
        meet, or when somebody with room and the least load of all was met at a lower distance than that of the packets
        still to come.
        """
        self.meet(search, turn)
        for person in search.met:  # the list grows meanwhile
            distance = search.distance[search.source[person]] + 1
            if (search.roomy and not search.unmet) or (search.nearest is not None and search.nearest < distance):
                return
            for place in self.sits[person]:
                barren = search.roomy and not search.left.get(self.pool.turns[place].cities, True)
                if place not in search.via and not barren:
                    search.via[place] = person
                    search.distance[place] = distance
                    self.meet(search, place)

    def meet(self, search: Search, turn: int) -> None:
        """Meet from this packet, in order of rank, everybody not yet met who can sit on it."""
        cities = self.pool.turns[turn].cities
        left = search.left[cities] = search.left.get(cities, self.allowed_in(cities)) & search.unmet
        new = left - self.pool.recused[turn] - self.pool.team[turn]
        if new:
            search.unmet = search.unmet - new
            search.met += sorted(new, key=self.rank.__getitem__, reverse=True)
            search.source.update(dict.fromkeys(new, turn))
            search.roomy = search.roomy or any(map(self.has_room, new))
            if search.nearest is None and not new.isdisjoint(self.least_loaded()):
                search.nearest = search.distance[turn]

    def choose(self, search: Search) -> str:
        """Of F, the people met who have room: the least load; of these the least distance; of these best()."""
        keys = {i: (self.load[i], search.distance[turn]) for i, turn in search.source.items() if self.has_room(i)}
        least = min(keys.values())
        return self.best([person for person, key in keys.items() if key == least], search)

    def best(self, people: Collection[str], search: Search) -> str:
        """Those, if any, whose home city is nobody's on the team they were met from; of these the highest rank."""
        everybody, team, source = self.pool.people, self.pool.team, search.source
        homes = {turn: {everybody[i].city for i in team[turn]} for turn in {source[person] for person in people}}
        strangers = [person for person in people if everybody[person].city not in homes[source[person]]]
        return max(strangers or people, key=self.rank.__getitem__)

    def move(self, chosen: str, search: Search) -> None:
        """The chain of x, q, y and q′."""
        x, q = chosen, search.source[chosen]
        while True:
            self.pool.team[q].add(x)
            insort(self.sits[x], q)
            y = search.via[q]
            if not y:  # q is p
                return
            self.pool.team[q].remove(y)
            self.sits[y].remove(q)
            x, q = y, search.source[y]

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The rows of assignment.csv: the seats of this role, the standing ones included."""
        taken = ((turn, person) for person, places in self.sits.items() for turn in places)
        for turn, person in (*self.kept, *taken):
            yield self.pool.name, self.pool.turns[turn].name, self.role, person


def assign(part: Part, packets: Sequence[Packet], standing: Sequence[Seat]) -> tuple[list[tuple[str, ...]], list[Any]]:
    """Protocol 6, Seats: the rows of assignment.csv, and what is infeasible."""
    rows: list[tuple[str, ...]] = []
    infeasible = []
    for team in part.json["teams.json"]["pools"]:
        pool = Pool(part, team["pool"], packets, standing)
        for seat in team["seats"]:
            role = Role(pool, seat["role"], int(seat["count"]), team["same_city"] == "forbid")
            proof = role.fill()
            if proof:
                infeasible.append({"pool": pool.name, "role": role.role, "packets": proof})
                break
            rows += role.rows()
    return rows, infeasible


def need_assignment(part: Part, packets: Sequence[Packet], standing: Sequence[Seat]) -> None:
    """Step 8 of a round."""
    rows, infeasible = assign(part, packets, standing)
    file = "infeasible.json" if infeasible else "assignment.csv"
    need(file in part.raw, "by the draw there must be {0}, infeasible are {1}", file, json.dumps(infeasible))
    if infeasible:  # both texts are canonical, so equal values are equal bytes
        stands, must = part.json[file], {"infeasible": infeasible}
        need(stands == must, "{0}: there stands {1}, there must stand {2}", file, json.dumps(stands), json.dumps(must))
    else:
        need_table(part, file, rows)


# ---------------------------------------------------------------------------------------------------------------------
# Step 11: Ed25519 (RFC 8032, section 5.1). Nothing here is secret, so nothing needs to take constant time.

Point = tuple[int, int, int, int]  # x = X/Z, y = Y/Z, x·y = T/Z
P25519 = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493  # L, the order of the base point
CURVE_D = -121665 * pow(121666, -1, P25519) % P25519


def plus(one: Point, other: Point) -> Point:
    """RFC 8032, 5.1.4. It holds for every two points, for one and itself too."""
    A = (one[1] - one[0]) * (other[1] - other[0]) % P25519
    B = (one[1] + one[0]) * (other[1] + other[0]) % P25519
    C = 2 * CURVE_D * one[3] * other[3] % P25519
    D = 2 * one[2] * other[2] % P25519
    E, F, G, H = B - A, D - C, D + C, B + A
    return E * F % P25519, G * H % P25519, F * G % P25519, E * H % P25519


def decode_point(data: bytes) -> Point | None:
    """RFC 8032, 5.1.3. Of a point, one encoding alone is right."""
    sign, y = divmod(int.from_bytes(data, "little"), 1 << 255)
    square = (y * y - 1) * pow(CURVE_D * y * y + 1, -1, P25519) % P25519  # the divisor is never 0: -1/d is no square
    x = pow(square, (P25519 + 3) // 8, P25519)
    if x * x % P25519 != square:
        x = x * pow(2, (P25519 - 1) // 4, P25519) % P25519
    if y >= P25519 or x * x % P25519 != square or (not x and sign):
        return None
    x = x if x % 2 == sign else P25519 - x
    return x, y, 1, x * y % P25519


def encode_point(point: Point) -> bytes:
    """RFC 8032, 5.1.2."""
    inverse = pow(point[2], -1, P25519)
    x, y = point[0] * inverse % P25519, point[1] * inverse % P25519
    return (y | (x % 2) << 255).to_bytes(32, "little")


NOTHING: Point = (0, 1, 1, 0)  # the neutral element
BASE = decode_point((4 * pow(5, -1, P25519) % P25519).to_bytes(32, "little"))


def right_signature(public: bytes, signature: bytes, data: bytes) -> bool:
    """RFC 8032, 5.1.7: R = [S]B - [k]A, without the cofactor, as common libraries check it."""
    A = decode_point(public)
    R, S = signature[:32], int.from_bytes(signature[32:], "little")
    if A is None or BASE is None or len(signature) != 64 or S >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(R + public + data).digest(), "little") % ORDER
    minus_A = (P25519 - A[0], A[1], 1, P25519 - A[3])
    sums = (None, BASE, minus_A, plus(BASE, minus_A))  # by the bits of S and k: both numbers are gone through at once
    found = NOTHING
    for bit in range(252, -1, -1):  # L, so S and k, have 253 bits
        found = plus(found, found)
        addend = sums[(S >> bit & 1) | (k >> bit & 1) << 1]
        found = plus(found, addend) if addend else found
    return encode_point(found) == R  # which no wrong encoding of R equals


# ---------------------------------------------------------------------------------------------------------------------
# Step 11: the log


class Key(NamedTuple):
    """Of the log or a witness, as in the C2SP formats of signed notes, checkpoints and cosignatures."""

    name: str
    id: bytes
    public: bytes


class LogEntry(NamedTuple):
    value: Mapping[str, Any]
    witnessed: int | None  # seconds since 1970 at which the witness signed its checkpoint, if it did


PROOFS = {"entries": [{"checkpoint": "size", "index": "size", "path": ["digest"]}]}
LOG_KEY, WITNESS_KEY = 1, 4  # the first byte of a key
KEY_KINDS = {
    LOG_KEY: '"{0}" is not the key of a log, NAME+ID+KEY',
    WITNESS_KEY: '"{0}" is not the key of a witness, NAME+ID+KEY',
}
DEEPEST = 100
ENDINGS = {"withdraw": "the log shows that {0} was withdrawn", "set-aside": "the log shows that {0} was set aside"}


def from_base64(text: str) -> bytes:
    """RFC 4648, section 4, and only as its encoder writes it; of any other text, nothing."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return b""
    return data if base64.b64encode(data).decode() == text else b""


def read_key(text: str, kind: int) -> Key:
    """NAME+ID+KEY."""
    match = re.fullmatch(r"([^\s+\ud800-\udfff]+)\+([0-9a-f]{8})\+(.*)", text)  # a surrogate: it was no UTF-8
    name, claimed, encoded = match.groups() if match else ("", "", "")
    data = from_base64(encoded)
    if len(data) != 33 or data[0] != kind or digest(f"{name}\n".encode() + data)[:8] != claimed:
        raise Usage(KEY_KINDS[kind], text)
    return Key(name, bytes.fromhex(claimed), data[1:])


def read_note(data: bytes, file: str) -> tuple[str, dict[tuple[str, bytes], bytes]]:
    """A C2SP signed note: its text, and the signatures by NAME and ID; of several with one NAME and ID the first."""
    note = data.decode(errors="surrogateescape")
    printable = not re.search(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]", note)  # a surrogate: it was no UTF-8
    text, _, lines = note.partition("\n\n")
    need(printable and lines.endswith("\n"), "{0}: not a signed note", file)
    signatures: dict[tuple[str, bytes], bytes] = {}
    for line in lines[:-1].split("\n"):
        match = re.fullmatch(r"— ([^\s+]+) (\S+)", line)
        signature = from_base64(match[2]) if match else b""
        if not match or len(signature) < 5:
            raise Problem("{0}: not a signed note", file)
        signatures.setdefault((match[1], signature[:4]), signature[4:])
    return f"{text}\n", signatures


def read_checkpoint(data: bytes, size: str, log: Key, witness: Key) -> tuple[bytes, int | None]:
    """The root, and when the witness signed, if it did."""
    file = f"log/checkpoints/{size}"
    text, signatures = read_note(data, file)
    lines = text.split("\n")[:-1]
    root = from_base64(lines[2]) if len(lines) > 2 else b""
    fits = len(root) == 32 and lines[:2] == [log.name, size] and all(lines)
    need(fits, "{0}: not a checkpoint of {1} with this size", file, log.name)
    by_log, by_witness = (signatures.get((key.name, key.id)) for key in (log, witness))
    right = by_log is not None and right_signature(log.public, by_log, text.encode())
    need(right, "{0}: without a right signature of {1}", file, log.name)
    if by_witness is None:
        return root, None
    seconds = int.from_bytes(by_witness[:8], "big")
    signed = f"cosignature/v1\ntime {seconds}\n{text}".encode()
    right = right_signature(witness.public, by_witness[8:], signed)
    need(right, "{0}: without a right signature of {1}", file, witness.name)
    return root, seconds


def included(entry: bytes, index: int, size: int, path: Iterable[str], root: bytes) -> bool:
    """RFC 9162, section 2.1.3.2."""
    fn, sn = index, size - 1
    r = hashlib.sha256(b"\0" + entry).digest()
    for text in path:
        p = bytes.fromhex(text)
        if not sn:
            return False
        if fn & 1 or fn == sn:
            r = hashlib.sha256(b"\1" + p + r).digest()
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = hashlib.sha256(b"\1" + r + p).digest()
        fn, sn = fn >> 1, sn >> 1
    return index < size and not sn and r == root


def no_double(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object. One that has a key twice can be read in two ways."""
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key stands twice")
    return value


def depth(value: Any) -> int:
    """How deep objects and lists are nested."""
    if not isinstance(value, (dict, list)):
        return 0
    return 1 + max(map(depth, value.values() if isinstance(value, dict) else value), default=0)


def read_entry(data: bytes, file: str) -> dict[str, Any]:
    """A JSON object with a text `action`. Numbers in it decide nothing; floats hold them, however long they are."""
    try:
        value = json.loads(data.decode(), parse_int=float, parse_constant=no_number, object_pairs_hook=no_double)
        deep = depth(value)
    except (ValueError, RecursionError, MemoryError):
        value, deep = None, 0
    if not isinstance(value, dict) or not isinstance(value.get("action"), str) or deep > DEEPEST:
        raise Problem("{0}: not a JSON object with a text `action`", file)
    return value


def read_log(files: Mapping[str, bytes], log: Key, witness: Key) -> list[LogEntry]:
    """The entries, each proven to be in the log."""
    proofs = read_json(files["proofs.json"], PROOFS, "log/proofs.json")["entries"]
    must = {"proofs.json"}
    for proof in proofs:
        must |= {f"entries/{proof['index']}", f"checkpoints/{proof['checkpoint']}"}
    for name in sorted(must ^ files.keys()):
        need(name in files, "{0} is missing", f"log/{name}")
        need(name in must, "{0} must not be there", f"log/{name}")
    sizes = sorted({proof["checkpoint"] for proof in proofs}, key=int)
    checkpoints = {size: read_checkpoint(files[f"checkpoints/{size}"], size, log, witness) for size in sizes}
    entries, before = [], -1
    for proof in proofs:
        file, index = f"log/entries/{proof['index']}", int(proof["index"])
        need(before < index, "log/proofs.json: the entries must stand in the order of index, none twice")
        data, size, before = files[file[4:]], proof["checkpoint"], index
        root, witnessed = checkpoints[size]
        fits = included(data, index, int(size), proof["path"], root)
        need(fits, "{0} is not shown to be in the log of size {1}", file, size)
        entries.append(LogEntry(read_entry(data, file), witnessed))
    return entries


def subjects(entries: Iterable[LogEntry], *actions: str) -> list[str]:
    """Of whom the entries with these actions speak."""
    found = (entry.value.get("subject") for entry in entries if entry.value["action"] in actions)
    return list(dict.fromkeys(subject for subject in found if isinstance(subject, str)))


def draws_before(draw: str, width: int) -> Iterator[str]:
    """Names of draws of the same series with lower numbers, in digits of this width."""
    series, digits = draw.rpartition("-")[0::2]
    return (f"{series}-{str(number).zfill(width)}" for number in range(1, int(digits)))


def rounds_before(bundle: Bundle) -> Iterator[str]:
    """Names of rounds that this bundle skips."""
    held = {int(part.name[7:]) for part in bundle.rounds}
    for number in range(1, max(held, default=0)):
        if number not in held:
            yield f"{bundle.sample.commitment['draw']}/{number}"


def need_explained(bundle: Bundle, entries: Sequence[LogEntry]) -> None:
    """Each lower number was ended, or was frozen and never committed to."""
    frozen, committed = set(subjects(entries, "draw-freeze")), set(subjects(entries, "commit"))
    explained = (frozen - committed).union(subjects(entries, *ENDINGS))
    draw = bundle.sample.commitment["draw"]
    match = re.fullmatch(".*-([0-9]{2,})", draw)
    ways = []
    if match:
        length = len(match[1])
        ways = [draws_before(draw, width) for width in range(length if match[1][0] == "0" else 2, length + 1)]
    ways = ways or [iter(())]
    # There may be very many names; the first that is not explained ends each way of writing them.
    open_ones = [next((name for name in way if name not in explained), "") for way in ways]
    lacking = open_ones[0] if all(open_ones) else next((n for n in rounds_before(bundle) if n not in explained), "")
    need(not lacking, "the log shows neither how {0} ended nor that it was never committed to", lacking)


def seconds_of(time: str) -> int:
    """Since 1970."""
    days = date.fromisoformat(time[:10]).toordinal() - date(1970, 1, 1).toordinal()
    return days * 86400 + int(time[11:13]) * 3600 + int(time[14:16]) * 60 + int(time[17:19])


def time_shown(part: Part, entries: Iterable[LogEntry]) -> int | None:
    """When the witness signed a checkpoint that holds the commitment, if that was before its events."""
    name = "/".join([part.commitment["draw"], *part.name.split("/")[1:]])
    commit = {"action": "commit", "subject": name, "c": part.C}.items()
    first = next((entry for entry in entries if all(entry.value.get(key) == text for key, text in commit)), None)
    earliest = min(event["not_before"] for event in part.commitment["events"] + part.commitment["fallback"])
    if first is None or first.witnessed is None or first.witnessed >= seconds_of(earliest):
        return None
    return first.witnessed


def needs_two(entry: Mapping[str, Any]) -> bool:
    """Whether it is an act for which the protocol asks after a second person."""
    return entry["action"] in ("set-aside", "substitute") or (entry["action"] == "reveal" and "request" in entry)


def second_persons(entries: Sequence[LogEntry]) -> Iterator[tuple[str, str, bool]]:
    """Subject and action of each act that needs two persons, and whether it was asked for and confirmed."""
    requests, confirmed = set(), set()
    for value in (entry.value for entry in entries):
        subject, number, asked = (value.get(key) for key in ("subject", "request", "asked"))
        if value["action"] == "confirm" and isinstance(subject, str) and isinstance(number, float):
            confirmed.add((subject, number))
        texts = isinstance(subject, str) and isinstance(asked, str)
        if value["action"] == "request" and texts and isinstance(value.get("act"), float):
            requests.add((subject, value["act"], asked))
    for value in (entry.value for entry in entries if needs_two(entry.value)):
        subject, number = value.get("subject"), value.get("request")
        if isinstance(subject, str):
            known = isinstance(number, float) and (subject, number) in confirmed
            yield subject, value["action"], known and (subject, number, value["action"]) in requests


# ---------------------------------------------------------------------------------------------------------------------
# The whole (protocol, section 7)


TIME_UNREAD = (
    "time not shown: no log was looked at (that takes the proofs in the bundle and the keys of the log and of a "
    "witness): compare C and public with the notice"
)
TIME_UNSEEN = (
    "time not shown: not of every commitment did the witness sign the log before its first event (above): compare C "
    "and public with the notice"
)


class Report:
    """The lines for people."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.lines: list[str] = []
        self.second = "not shown"  # what `confirmations` of --json says

    def say(self, text: str, *values: object, mark: str = "   ") -> None:
        self.lines.append(f"{mark} {Message(text, tuple(map(str, values))).say(self.lang)}")

    @contextmanager
    def step(self, number: int, part: str, title: str) -> Iterator[None]:
        """A problem within is the failure of this step."""
        try:
            yield
        except Problem as problem:
            why = problem.why.say(self.lang)
            self.say("{0} {1}: {2}: {3}", number, part, Message(title).say(self.lang), why, mark="✗")
            raise Refused(number, part, problem.why) from None
        self.say("{0} {1}: {2}", number, part, Message(title).say(self.lang), mark="✓")

    def say_seed(self, part: Part) -> None:
        self.say("commitment C {0}", part.C)
        self.say("public {0}", part.public)
        if all(text.startswith("d10:") for text in part.public.split(",")):
            self.say("decided by dice alone: only the witnesses can vouch for the value", mark="  !")
        if values_of(part.public, part.commitment["events"]) is None:
            self.say("decided by the fallback: one of the first events must have been cancelled", mark="  !")

    def say_rates(self, sample: Part, draw: Draw) -> None:
        units, sampled = Counter[str](), Counter[str]()
        for cell, members in draw.cells.items():
            units[cell[0]] += len(members)
            sampled[cell[0]] += draw.sampled[cell]
        for entry in sample.json["policy.json"]["strata"]:
            name, base = entry["stratum"], entry["base"]
            rate = "{}.{:02} %".format(*divmod(int(entry["rate_bp"]), 100))
            self.say("stratum {0}: rate {1} of each {2}, {3}/{4} units", name, rate, base, sampled[name], units[name])
        for ground, times in sorted(Counter(ground for _, _, ground in sample.rows["exclusions.csv"]).items()):
            self.say("exclusions, ground {0}: {1} units", ground, times)


@dataclass(frozen=True)
class Verifier:
    anchors: Anchors | None
    keys: tuple[Key, Key] | None  # of the log and of a witness
    report: Report

    def verify(self, stream: BinaryIO) -> bool:
        """Step 1 for the whole bundle; 2 to 10 for the sample; 2 to 8 for each round, in the order of their numbers.

        Then step 11 for the whole bundle. Returns whether of every part the time is shown.
        """
        with self.report.step(1, "bundle", "files"):
            bundle = read_bundle(stream)
        known: dict[Event, str] = {}
        draw = self.sample(bundle, known)
        for place, part in enumerate(bundle.rounds):
            self.round(part, bundle.sample, draw, bundle.rounds[:place], known)
        for C in sorted((self.anchors or {}).keys() - {part.C for part in (bundle.sample, *bundle.rounds)}):
            self.report.say("the anchor {0} belongs to no part of the bundle", C)
        shown = self.log(bundle)
        if not shown:
            self.report.say(TIME_UNSEEN if self.reads_log(bundle) else TIME_UNREAD, mark="  !")
        return shown

    def reads_log(self, bundle: Bundle) -> bool:
        return self.keys is not None and "proofs.json" in bundle.log

    def anchor(self, part: Part) -> None:
        with self.report.step(2, part.name, "anchor" if self.anchors is not None else "anchor (no anchors file)"):
            need_anchor(part, self.anchors)

    def seed(self, part: Part, known: dict[Event, str]) -> None:
        """Steps 4 to 6. Adds to what is known of events."""
        with self.report.step(4, part.name, "secret"):
            need_secret(part)
        with self.report.step(5, part.name, "public"):
            known.update(need_public(part, known, self.anchors))
        with self.report.step(6, part.name, "seed"):
            need_seed(part)
        self.report.say_seed(part)

    def sample(self, bundle: Bundle, known: dict[Event, str]) -> Draw:
        sample, step = bundle.sample, self.report.step
        self.anchor(sample)
        with step(3, "sample", "frozen files"):
            need_frozen(sample, SAMPLE_FROZEN)
            need_events(sample.commitment)
            need_reveal(sample.commitment)
            need_policy(sample)
        self.seed(sample, known)
        draw = draw_sample(sample)
        with step(7, "sample", "allocation"):
            need_allocation(sample, draw)
        with step(8, "sample", "sample"):
            need_sample(sample, draw)
        with step(9, "sample", "notices"):
            need_notices(sample, draw)
        with step(10, "sample", "OCTO-41"):
            need_octo41(bundle.octo41, draw)
        self.report.say_rates(sample, draw)
        return draw

    def round(self, part: Part, sample: Part, draw: Draw, before: Sequence[Part], known: dict[Event, str]) -> None:
        earlier = before[-1] if before else None
        last = next((other for other in reversed(before) if "assignment.csv" in other.raw), None)
        self.anchor(part)
        with self.report.step(3, part.name, "frozen files"):
            need_frozen(part, ROUND_FROZEN)
            need_events(part.commitment)
            need_reveal(part.commitment)
            need_same_draw(part, sample, earlier)
            need_teams(part, sample)
            need_people(part, sample)
        self.seed(part, known)
        with self.report.step(7, part.name, "substitutions, packets, standing"):
            given = need_substitutions(part, draw, earlier)
            packets = make_packets(part.json["teams.json"]["pools"], draw, given)
            need_table(part, "packets.csv", ((p.pool, p.name, unit) for p in packets for unit in p.units))
            standing = who_stands(part, packets, last)
            need_table(part, "standing.csv", standing)
        with self.report.step(8, part.name, "assignment"):
            need_assignment(part, packets, standing)
        if "infeasible.json" in part.raw:
            self.report.say("there is no assignment in this round, with proof")

    def log(self, bundle: Bundle) -> bool:
        """Step 11, whether the log shows second persons, and whether it shows the time of every part."""
        if self.keys is None or not self.reads_log(bundle):
            return False
        with self.report.step(11, "bundle", "log"):
            entries = read_log(bundle.log, *self.keys)
            need_explained(bundle, entries)
        for action, text in ENDINGS.items():
            for subject in subjects(entries, action):
                self.report.say(text, clean(subject))
        self.report.second = self.say_two(list(second_persons(entries)))
        shown = [self.say_time(part, time_shown(part, entries)) for part in (bundle.sample, *bundle.rounds)]
        return all(shown)

    def say_two(self, acts: Sequence[tuple[str, str, bool]]) -> str:
        for subject, action, shown in acts:
            text = "{0}, {1}: a second person confirmed it" if shown else "{0}, {1}: no second person is shown"
            self.report.say(text, clean(subject), action, mark="   " if shown else "  !")
        return "not shown" if not all(shown for _, _, shown in acts) else "shown" if acts else "none needed"

    def say_time(self, part: Part, seconds: int | None) -> bool:
        if seconds is None:
            self.report.say("{0}: the log does not show that it was committed before its events", part.name, mark="  !")
            return False
        time = datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.report.say("{0}: committed before its events: a witness signed the log with it at {1}", part.name, time)
        return True


# ---------------------------------------------------------------------------------------------------------------------
# The task notice (docs/notice.md)

NOTICE_LINE = {
    "notice": "=task-notice/1",
    "draw": "draw",
    "c": "digest",
    "leaf": "text",
    "index": "size",
    "size": "size",
    "path": "text",
    "root": "digest",
}
LOG_LINE = {"log": "=task-notice/1", "entry": "text", "index": "size", "path": "text", "checkpoint": "text"}
LEAF = ("digest", "unit", "stratum", "city", "number", "number")
LONGEST_NOTICE = 16384
NOTICE_VERDICTS = {
    "verified": "verified: the office was bound to this leaf",
    "consistent": "consistent: the notice agrees with itself; only a published root or the log's key shows whose it is",
    "refused": "refused",
}


class Notice(NamedTuple):
    line: Mapping[str, str]
    leaf: Sequence[str]
    path: Sequence[str]
    log: Mapping[str, str] | None
    log_path: Sequence[str]


def read_line(text: str, shape: Mapping[str, str], where: str) -> dict[str, str]:
    """One JSON object of texts, none of its keys twice, however it is spaced and escaped."""
    try:
        value = json.loads(
            text, parse_int=no_number, parse_float=no_number, parse_constant=no_number, object_pairs_hook=no_double
        )
        Form(where).need_shape(value, shape, where)
        "".join(value.values()).encode()
    except (ValueError, RecursionError, MemoryError):  # ValueError: a lone surrogate, too
        raise Problem("{0}: not JSON of texts, lists and objects", where) from None
    line: dict[str, str] = value
    return line


def read_path(text: str, where: str) -> list[str]:
    """Hashes of 32 bytes, one after another."""
    data = from_base64(text)
    need(len(data) % 32 == 0 and bool(data or not text), "{0}: not base64 of hashes of 32 bytes", where)
    return [data[place : place + 32].hex() for place in range(0, len(data), 32)]


def read_notice(stream: BinaryIO) -> Notice:
    """Step 1."""
    data = stream.read(4 * LONGEST_NOTICE + 1)
    try:
        text = data.decode()
    except ValueError:
        text = ""
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    need(len(text) <= LONGEST_NOTICE and len(lines) in (1, 2), "not the text of a notice: one line or two of JSON")
    line = read_line(lines[0], NOTICE_LINE, "1")
    leaf = line["leaf"].split("/")
    fits = len(leaf) == len(LEAF) and all(map(has_form, leaf, LEAF))
    need(fits, "the leaf is not salt/unit/stratum/city/position/sampled")
    log = read_line(lines[1], LOG_LINE, "2") if len(lines) == 2 else None
    log_path = read_path(log["path"], "2 path") if log else []
    return Notice(line, leaf, read_path(line["path"], "1 path"), log, log_path)


class Checkpoint(NamedTuple):
    text: str
    lines: Sequence[str]
    root: bytes
    signatures: Mapping[tuple[str, bytes], bytes]


def read_any_checkpoint(data: bytes) -> Checkpoint:
    """A checkpoint, whoever's it is."""
    text, signatures = read_note(data, "checkpoint")
    lines = text.split("\n")[:-1]
    root = from_base64(lines[2]) if len(lines) > 2 else b""
    need(len(root) == 32 and has_form(lines[1], "size") and all(lines), "not a checkpoint")
    return Checkpoint(text, lines, root, signatures)


def need_logged(notice: Notice, log: Mapping[str, str]) -> Checkpoint:
    """Step 3."""
    entry = read_entry(log["entry"].encode(), "entry")
    must = {"action": "notices", "subject": notice.line["draw"], "root": notice.line["root"]}
    fits = all(entry.get(key) == text for key, text in must.items())
    need(fits, "the entry is not that of the root of {0}", notice.line["draw"])
    checkpoint = read_any_checkpoint(log["checkpoint"].encode())
    size = int(checkpoint.lines[1])
    fits = included(log["entry"].encode(), int(log["index"]), size, notice.log_path, checkpoint.root)
    need(fits, "{0} is not shown to be in the log of size {1}", "entry", size)
    return checkpoint


def need_signed(checkpoint: Checkpoint, log: Key, witness: Key | None) -> int | None:
    """Step 5, and when the witness signed, if it did."""
    by_log = checkpoint.signatures.get((log.name, log.id))
    right = by_log is not None and right_signature(log.public, by_log, checkpoint.text.encode())
    fits = right and checkpoint.lines[0] == log.name
    need(fits, "{0}: without a right signature of {1}", "checkpoint", log.name)
    by_witness = checkpoint.signatures.get((witness.name, witness.id)) if witness else None
    if witness is None or by_witness is None:
        return None
    seconds = int.from_bytes(by_witness[:8], "big")
    signed = f"cosignature/v1\ntime {seconds}\n{checkpoint.text}".encode()
    right = right_signature(witness.public, by_witness[8:], signed)
    need(right, "{0}: without a right signature of {1}", "checkpoint", witness.name)
    return seconds


def check_notice(stream: BinaryIO, root: str | None, log: Key | None, witness: Key | None, report: Report) -> bool:
    """The steps of docs/notice.md, and whether the notice is anchored."""
    with report.step(1, "notice", "form"):
        notice = read_notice(stream)
    line = notice.line
    with report.step(2, "notice", "leaf"):
        index, size = int(line["index"]), int(line["size"])
        fits = included(line["leaf"].encode(), index, size, notice.path, bytes.fromhex(line["root"]))
        need(fits, "the leaf is not shown to be in the tree of root {0}", line["root"])
    checkpoint = None
    if notice.log is not None:
        with report.step(3, "notice", "log"):
            checkpoint = need_logged(notice, notice.log)
    if root is not None:
        with report.step(4, "notice", "root"):
            need(root == line["root"], "the root is {0}, known is {1}", line["root"], root)
    if log is not None and checkpoint is not None:
        with report.step(5, "notice", "signature"):
            say_signed(report, need_signed(checkpoint, log, witness))
    say_notice(report, notice)
    return root is not None or (log is not None and checkpoint is not None)


def utc(seconds: int) -> str:
    """A moment, or the last one there is for what is later."""
    try:
        return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return str(seconds)


def say_signed(report: Report, seconds: int | None) -> None:
    if seconds is not None:
        report.say("a witness saw the log with the root at {0}", utc(seconds))


def say_notice(report: Report, notice: Notice) -> None:
    _, unit, stratum, city, position, sampled = notice.leaf
    report.say("draw {0}, commitment C {1}", notice.line["draw"], notice.line["c"])
    report.say("root of the notice tree {0}", notice.line["root"])
    drawn = int(position) <= int(sampled)
    text = "unit {0} ({1}, {2}) was drawn: position {3} of {4}" if drawn else RESERVE
    report.say(text, unit, stratum, city, position, sampled)
    report.say("that the draw itself was right, the bundle shows; of a sealed draw after its reveal", mark="  !")


RESERVE = "unit {0} ({1}, {2}) is a reserve: position {3}, drawn are {4}; it is inspected only as a substitute"


# ---------------------------------------------------------------------------------------------------------------------
# The command line

EXITS = {"verified": 0, "consistent": 4, "refused": 1}
VERDICTS = {
    "verified": "verified: every step holds, and the anchors agree",
    "consistent": "consistent, not anchored: the bundle agrees with itself; only anchors show that it is the draw",
    "refused": "refused",
}


def open_file(path: str) -> BinaryIO:
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise Usage("{0} is not a regular file", path)
    return open(path, "rb")


def read_anchors(path: str) -> Anchors:
    """Protocol 7: lines `C public` that end in LF or CRLF; the last may end without."""
    anchors: dict[str, set[str]] = defaultdict(set)
    with open_file(path) as stream:
        for number, line in enumerate(stream, 1):
            match = re.fullmatch(rb"([0-9a-f]{64}) ([!-~]+)(\r?\n)?", line)
            if not match:
                raise Usage("{0}: line {1} is not of the form `C public`", path, number)
            anchors[match[1].decode()].add(match[2].decode())
    return {C: frozenset(publics) for C, publics in anchors.items()}


def read_keys(log: str | None, witness: str | None) -> tuple[Key, Key] | None:
    """The keys of the log and of the witness, if both are given. One that is given alone must still be a key."""
    log_key = None if log is None else read_key(log, LOG_KEY)
    witness_key = None if witness is None else read_key(witness, WITNESS_KEY)
    return (log_key, witness_key) if log_key and witness_key else None


def run_notice(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """What --json prints of a notice."""
    log = None if options.log_key is None else read_key(options.log_key, LOG_KEY)
    witness = None if options.witness_key is None else read_key(options.witness_key, WITNESS_KEY)
    root = options.root
    if root is not None and not has_form(root, "digest"):
        raise Usage('"{0}" is not a root: 64 characters of 0-9a-f', root)
    verdict, step, why = "consistent", None, None
    with open_file(options.notice) as stream:
        try:
            verdict = "verified" if check_notice(stream, root, log, witness, report) else "consistent"
        except Refused as refused:
            verdict, step, why = "refused", refused.step, refused.why
    report.say(NOTICE_VERDICTS[verdict], mark="=")
    said = (why or Message(NOTICE_VERDICTS[verdict])).say(report.lang)
    return {"verdict": verdict, "step": step, "why": said}


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """What --json prints."""
    anchors = None if options.anchors is None else read_anchors(options.anchors)
    keys = read_keys(options.log_key, options.witness_key)
    verdict, step, part, why = "consistent" if anchors is None else "verified", None, "", None
    shown = False
    with open_file(options.bundle) as stream:
        try:
            shown = Verifier(anchors, keys, report).verify(stream)
        except Refused as refused:
            verdict, step, part, why = "refused", refused.step, refused.part, refused.why
    report.say(VERDICTS[verdict], mark="=")
    said = (why or Message(VERDICTS[verdict])).say(report.lang)
    found = {"verdict": verdict, "step": step, "part": part, "time": "shown" if shown else "not shown", "why": said}
    return {**found, "confirmations": report.second}


def show(text: str) -> None:
    """Print, whatever characters the console can show. That nobody reads on is no error; a full disk is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        print(text, flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is still to be flushed at the end
        if not isinstance(error, BrokenPipeError):
            raise


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    parser = argparse.ArgumentParser(description="Verify a bundle of the protocol sampling-draw/1.", allow_abbrev=False)
    parser.add_argument("bundle", nargs="?", help="the bundle, a zip")
    parser.add_argument("--notice", metavar="FILE", help="the text of a task notice, in place of a bundle")
    parser.add_argument("--root", metavar="ROOT", help="with --notice: the notice tree's root, known from elsewhere")
    parser.add_argument("--anchors", metavar="FILE", help="lines `C public`, known from elsewhere")
    parser.add_argument("--log-key", metavar="KEY", help="of the office's log, NAME+ID+KEY, known from elsewhere")
    parser.add_argument("--witness-key", metavar="KEY", help="of a witness of the log, NAME+ID+KEY")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh" if locale.startswith("zh") else "en")
    options = parser.parse_args(arguments)
    if (options.bundle is None) == (options.notice is None):
        parser.error("give a bundle or --notice FILE")
    if options.notice is None and options.root is not None:
        parser.error("--root is for --notice")
    if options.notice is not None and options.anchors is not None:
        parser.error("--anchors is for a bundle")
    return options


def main(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    report = Report(options.lang)
    try:
        result = run(options, report) if options.notice is None else run_notice(options, report)
        show(json.dumps(result) if options.json else "\n".join(report.lines))
    except Usage as usage:
        print(usage.why.say(options.lang), file=sys.stderr)
        return 2
    except (OSError, MemoryError) as error:
        print(Message("cannot read or write: {0}", (clean(repr(error)),)).say(options.lang), file=sys.stderr)
        return 2
    return EXITS[str(result["verdict"])]


# ---------------------------------------------------------------------------------------------------------------------
# The Chinese of the messages

CHINESE = {
    # lines of the report
    "{0} {1}: {2}": "{0} {1}：{2}",
    "{0} {1}: {2}: {3}": "{0} {1}：{2}：{3}",
    "files": "文件",
    "anchor": "锚点",
    "anchor (no anchors file)": "锚点（未提供锚点文件）",
    "frozen files": "冻结文件",
    "secret": "密值",  # nosec B105  # a word
    "public": "公开值",
    "seed": "种子",
    "allocation": "样本分配",
    "sample": "样本",
    "notices": "通知",
    "OCTO-41": "OCTO-41",
    "substitutions, packets, standing": "替换、任务包、留任人员",
    "assignment": "分组",
    "log": "日志",
    "commitment C {0}": "承诺 C {0}",
    "public {0}": "公开值 {0}",
    "decided by dice alone: only the witnesses can vouch for the value": "仅由骰子决定：该取值只有见证人能够作证",
    "decided by the fallback: one of the first events must have been cancelled": (
        "由备用事件决定：首选事件中必有一项已取消"
    ),
    "the anchor {0} belongs to no part of the bundle": "锚点 {0} 不属于数据包的任何部分",
    "stratum {0}: rate {1} of each {2}, {3}/{4} units": "类别 {0}：比例 {1}（按 {2} 计），抽中单位 {3}/{4}",
    "exclusions, ground {0}: {1} units": "排除清单，理由 {0}：{1} 个单位",
    "there is no assignment in this round, with proof": "本分组轮次无法分组，附有证明",
    "the log shows that {0} was withdrawn": "日志显示 {0} 已撤回",
    "the log shows that {0} was set aside": "日志显示 {0} 已作废",
    "{0}: committed before its events: a witness signed the log with it at {1}": (
        "{0}：承诺早于其事件：见证方已于 {1} 对含有该承诺的日志签名"
    ),
    "{0}: the log does not show that it was committed before its events": "{0}：日志未能证明承诺早于其事件",
    "{0}, {1}: a second person confirmed it": "{0}，{1}：另一人已确认",
    "{0}, {1}: no second person is shown": "{0}，{1}：未能证明另一人确认过",
    TIME_UNREAD: "时间未能证明：没有核对日志（须有数据包内的证明，以及日志和见证方的公钥）：请将 C 与公开值同公告核对",
    TIME_UNSEEN: "时间未能证明：见证方并非对每项承诺都在其首个事件之前签过日志（见上）：请将 C 与公开值同公告核对",
    "verified: every step holds, and the anchors agree": "已核实：各步骤均成立，且与锚点一致",
    "consistent, not anchored: the bundle agrees with itself; only anchors show that it is the draw": (
        "自洽但未锚定：数据包自身一致；它是否就是那次抽取，只有锚点能够证明"
    ),
    "refused": "不予认可",
    # the notice
    "form": "格式",
    "leaf": "本单位数据",
    "root": "通知树根",
    "signature": "签名",
    "a witness saw the log with the root at {0}": "见证方于 {0} 见过含有该树根的日志",
    "draw {0}, commitment C {1}": "抽取 {0}，承诺 C {1}",
    "root of the notice tree {0}": "通知树根 {0}",
    "unit {0} ({1}, {2}) was drawn: position {3} of {4}": "单位 {0}（{1}，{2}）已抽中：第 {3} 位，共抽 {4} 个",
    RESERVE: "单位 {0}（{1}，{2}）为备选：第 {3} 位，抽 {4} 个；只在递补时受检",
    "that the draw itself was right, the bundle shows; of a sealed draw after its reveal": (
        "抽取本身是否正确，由数据包证明；封存抽取须待公布之后"
    ),
    "verified: the office was bound to this leaf": "已核实：办公室事先受此数据约束",
    "consistent: the notice agrees with itself; only a published root or the log's key shows whose it is": (
        "自洽：通知自身一致；它是否出自办公室，只有公布的树根或日志公钥能够证明"
    ),
    "not the text of a notice: one line or two of JSON": "不是通知的文字：应为一行或两行 JSON",
    "{0}: not base64 of hashes of 32 bytes": "{0}：不是 32 字节散列值的 base64",
    "the leaf is not salt/unit/stratum/city/position/sampled": (
        "本单位数据应为 salt/unit/stratum/city/position/sampled"
    ),
    "not a checkpoint": "不是检查点",
    "the entry is not that of the root of {0}": "该日志条目不是 {0} 的通知树根",
    "the leaf is not shown to be in the tree of root {0}": "不能表明本单位数据在树根 {0} 之下",
    "the root is {0}, known is {1}": "树根为 {0}，已知的是 {1}",
    '"{0}" is not a root: 64 characters of 0-9a-f': "“{0}”不是树根：应为 64 个 0-9a-f 字符",
    # no verdict
    "cannot read or write: {0}": "无法读取或写出：{0}",
    "{0} is not a regular file": "{0} 不是普通文件",
    "{0}: line {1} is not of the form `C public`": "{0}：第 {1} 行不符合 `C public` 的格式",
    '"{0}" is not the key of a log, NAME+ID+KEY': "“{0}”不是日志公钥，格式应为 NAME+ID+KEY",
    '"{0}" is not the key of a witness, NAME+ID+KEY': "“{0}”不是见证方公钥，格式应为 NAME+ID+KEY",
    # step 1
    "the zip cannot be read: {0}": "zip 无法读取：{0}",
    "the zip holds more than 500,000 entries": "zip 的条目超过 500000 个",
    "the zip's entries overlap": "zip 的条目相互重叠",
    '"{0}" is foreign to the layout': "“{0}”不属于规定的文件结构",
    '"{0}" stands in the zip twice': "“{0}”在 zip 中重复",
    "{0} is encrypted": "{0} 已加密",
    "{0} is compressed by another method than deflate": "{0} 使用了 deflate 以外的压缩方法",
    "the entries, or one of them, unpack to more than is allowed": "各条目解压后合计或其中之一超过允许的大小",
    "{0} has not the length that the zip claims": "{0} 的长度与 zip 所记不符",
    "the folder {0} has contents": "文件夹 {0} 不为空",
    "{0} is missing": "缺少 {0}",
    "{0}: exactly one of assignment.csv and infeasible.json must be there": (
        "{0}：assignment.csv 与 infeasible.json 必须恰有其一"
    ),
    "{0}: not JSON of texts, lists and objects": "{0}：不是仅由字符串、列表和对象组成的 JSON",
    "{0}: the JSON is not canonical (RFC 8785)": "{0}：不是规范形式的 JSON（RFC 8785）",
    "{0}: a text must stand here": "{0}：此处必须是字符串",
    "{0}: must have exactly the keys {1}": "{0}：必须恰好有这些键：{1}",
    "{0}: a list must stand here, and the lists of infeasible.json are not empty": (
        "{0}：此处必须是列表，infeasible.json 中的列表不得为空"
    ),
    '{0}: "{1}" has not the form {2}': "{0}：“{1}”不符合格式 {2}",
    "{0}: {1} and {2} ({3}) differ by case alone": "{0}：{1} 与 {2}（{3}）仅大小写不同",
    "{0}: the header must be {1}": "{0}：表头必须是 {1}",
    "{0}: a row must have {1} fields and end in LF": "{0}：每行必须有 {1} 个字段并以 LF 结尾",
    "{0}: the rows must stand in the order of bytes, none twice": "{0}：各行必须按字节顺序排列且不重复",
    "{0}: {1} stands twice": "{0}：{1} 重复",
    "{0}/commitment.json: digits are for d10, and for d10 alone": "{0}/commitment.json：digits 用于且仅用于 d10",
    "sample/notices.txt must be one digest and LF": "sample/notices.txt 必须是一个摘要加 LF",
    # steps 2 to 6
    "C {0} is not in the anchors file": "锚点文件中没有 C {0}",
    "{0}: its digest gives {1}, committed is {2}": "{0}：按其摘要应承诺 {1}，实际承诺为 {2}",
    "commitment.json: {0} names {1}:{2} twice": "commitment.json：{0} 中 {1}:{2} 重复",
    "commitment.json: {0} do not reach 6000 hundredths of a bit": "commitment.json：{0} 不足 60 比特",
    "commitment.json: secret and reveal_by must be both empty or both filled": (
        "commitment.json：secret 与 reveal_by 必须同时为空或同时填写"
    ),
    "commitment.json: reveal_by is {0} days after the last event, not 0 to 180": (
        "commitment.json：reveal_by 为最后事件之后第 {0} 天，应在 0 至 180 天之内"
    ),
    "seed.json: the secret is not the committed one": "seed.json：密值与承诺不符",
    'seed.json: "{0}" is not of exactly the events or the fallback, or malformed': (
        "seed.json：“{0}”与承诺的事件或备用事件不符，或格式不规范"
    ),
    'seed.json: {0} is "{1}" here and "{2}" elsewhere': "seed.json：{0} 此处为“{1}”，别处为“{2}”",
    'seed.json: public is "{0}", the anchors say "{1}"': "seed.json：公开值为“{0}”，锚点为“{1}”",
    # the sample and the rounds
    "{0}: there stands {1}, there must stand {2}": "{0}：现为 {1}，应为 {2}",
    "{0}: the stratum {1} of {2} is not in the policy": "{0}：{2} 的类别 {1} 不在 policy.json 中",
    "exclusions.csv: {0} also stands in frame.csv": "exclusions.csv：{0} 同时在抽样框中",
    "{0} must not be there": "不应有 {0}",
    "{0} is not what the draw gives": "{0} 与抽取结果不符",
    "teams.json is not that of {0}": "teams.json 与 {0} 的不同",
    "teams.json {0}: the {1} {2} stands twice": "teams.json {0}：{1} {2} 重复",
    "teams.json: the stratum {0} must be in the policy and in exactly one pool": (
        "teams.json：类别 {0} 必须在 policy.json 中，且恰在一个人员池中"
    ),
    "inspectors.csv: {0}: {1} has no seats of the role {2}": "inspectors.csv：{0}：{1} 没有角色 {2} 的席位",
    "recusals.csv: {0},{1}: the unit is not in the frame": "recusals.csv：{0},{1}：回避的单位不在抽样框中",
    "substitutions.csv: the numbers of the batches have gaps": "substitutions.csv：批次编号不连续",
    "substitutions.csv: {0} is neither selected nor given by an earlier batch": (
        "substitutions.csv：{0} 既未被抽中，也不是此前批次的替换单位"
    ),
    "substitutions.csv: without the earlier round's row {0}": "substitutions.csv：缺少此前轮次的行 {0}",
    "by the draw there must be {0}, infeasible are {1}": "按抽取结果应有 {0}，无法分组的为 {1}",
    # the log
    "{0}: not a signed note": "{0}：不是已签名的记录（signed note）",
    "{0}: not a checkpoint of {1} with this size": "{0}：不是 {1} 在该大小上的检查点",
    "{0}: without a right signature of {1}": "{0}：没有 {1} 的有效签名",
    "{0}: not a JSON object with a text `action`": "{0}：不是含有字符串 action 的 JSON 对象",
    "log/proofs.json: the entries must stand in the order of index, none twice": (
        "log/proofs.json：各条目必须按 index 升序排列且不重复"
    ),
    "{0} is not shown to be in the log of size {1}": "{0} 未能证明在大小为 {1} 的日志之中",
    "the log shows neither how {0} ended nor that it was never committed to": (
        "日志既未显示 {0} 如何终止，也未显示其从未作出承诺"
    ),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
