"""What a benchmark says: a row of the table, with what was promised and whether it is met."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.measure import Taken


@dataclass(frozen=True)
class Row:
    """One measurement. `value` is what the promise is about: a ratio, seconds, MiB; `met` None: there is no promise.
    `cpu` holds the processor's seconds, ours and the peer's: to be compared with those on the wall, not shown."""

    what: str
    ours: str
    peer: str = ""
    theirs: str = ""
    value: float = 0.0
    ratio: str = ""
    target: str = ""
    met: bool | None = None
    cpu: tuple[float, ...] = ()


def slower(what: str, ours: Taken, peer: str, theirs: Taken, most: float | None = None) -> Row:
    """How many times as long as the peer ours takes; promised is a ratio of at most `most`, if any."""
    ratio = ours.seconds / theirs.seconds
    met = None if most is None else ratio <= most
    target = "" if most is None else f"≤ {most:g} ×"
    return Row(what, time(ours), peer, time(theirs), ratio, f"{ratio:.2f} × its time", target, met, _cpu(ours, theirs))


def faster(what: str, ours: Taken, peer: str, theirs: Taken, least: float | None = None) -> Row:
    """How many times as long as ours the peer takes; promised is a ratio of at least `least`, if any."""
    ratio = theirs.seconds / ours.seconds
    met = None if least is None else ratio >= least
    target = "" if least is None else f"≥ {least:g} × faster"
    return Row(what, time(ours), peer, time(theirs), ratio, f"{ratio:.1f} × faster", target, met, _cpu(ours, theirs))


def within(what: str, taken: Taken, most: float) -> Row:
    """Seconds, of which at most so many are promised."""
    met = taken.seconds <= most
    return Row(what, time(taken), value=taken.seconds, target=f"≤ {most:g} s", met=met, cpu=_cpu(taken))


def memory(what: str, taken: Taken, most: float) -> Row:
    """The peak of memory, of which at most so many MiB are promised."""
    return Row(what, f"{taken.peak:.0f} MiB", value=taken.peak, target=f"≤ {most:g} MiB", met=taken.peak <= most)


def plain(what: str, value: float, shown: str, target: str = "", met: bool | None = None) -> Row:
    """A value that is neither a time nor a peak of memory."""
    return Row(what, shown, value=value, target=target, met=met)


def time(taken: Taken) -> str:
    """Seconds, to three figures or so."""
    return f"{taken.seconds:.3f} s" if taken.seconds < 1 else f"{taken.seconds:.2f} s"


def _cpu(*taken: Taken) -> tuple[float, ...]:
    return tuple(round(each.cpu, 4) for each in taken)
