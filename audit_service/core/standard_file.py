"""The standards of a policy file, read strictly and written again (docs/policies.md)."""

from __future__ import annotations

from itertools import pairwise

from audit_service.core.policy_reading import Node
from audit_service.core.rule_file import read_label, read_rule, write_label, write_rule
from audit_service.core.standards import (
    LEAST,
    MOST,
    OF_PLACES,
    OF_UNITS,
    PERIODS,
    Area,
    Band,
    Counts,
    Criterion,
    Measure,
    Standard,
)


def read_standard(node: Node) -> Standard:
    """A standard; one that has neither areas nor bands says nothing, and is wrong."""
    entry = node.fields("standard", "label", "of", "areas", optional=("bands",))
    bands = entry["bands"].each(_band)
    for place, (upper, lower) in enumerate(pairwise(bands), start=1):
        if lower.least >= upper.least:
            entry["bands"].place(place, "least").wrong("policy-bands-order", found=lower.least, above=upper.least)
    areas = entry["areas"].each(_area)
    if not areas:
        entry["areas"].wrong("policy-nothing")
    return Standard(
        standard=entry["standard"].identifier(),
        label=read_label(entry["label"]),
        of=entry["of"].choice(OF_UNITS, OF_PLACES),
        areas=areas,
        bands=bands,
    )


def _area(node: Node) -> Area:
    entry = node.fields("area", "label", "methods", "criteria", "rule")
    return Area(
        area=entry["area"].identifier(),
        label=read_label(entry["label"]),
        methods=entry["methods"].each(Node.text),
        criteria=entry["criteria"].each(_criterion),
        rule=read_rule(entry["rule"]),
    )


def _criterion(node: Node) -> Criterion:
    entry = node.fields("criterion", "number", "text", optional=("points", "veto", "measures"))
    return Criterion(
        criterion=entry["criterion"].identifier(),
        number=entry["number"].text_or_nothing(),
        text=read_label(entry["text"]),
        points=entry["points"].or_else(None, Node.points),
        veto=entry["veto"].or_else(False, Node.yes_or_no),
        measures=entry["measures"].each(_measure),
    )


def _measure(node: Node) -> Measure:
    entry = node.fields("bound", "value", "of", optional=("per", "counts"))
    if entry["counts"].given and not entry["per"].given:
        entry["counts"].wrong("policy-counts-per")
    return Measure(
        bound=entry["bound"].choice(LEAST, MOST),
        value=entry["value"].decimal(),
        of=read_label(entry["of"]),
        per=entry["per"].or_else("", lambda per: per.choice(*PERIODS)),
        counts=entry["counts"].or_else(None, _counts),
    )


def _counts(node: Node) -> Counts:
    """Checks on some grounds, or a report: one of the two."""
    entry = node.fields(optional=("checks", "report"))
    if entry["checks"].given == entry["report"].given:
        node.wrong("policy-counts-one")
    return Counts(entry["checks"].each(Node.identifier), entry["report"].or_else("", Node.identifier))


def _band(node: Node) -> Band:
    entry = node.fields("band", "label", "least", "rule")
    return Band(
        band=entry["band"].identifier(),
        label=read_label(entry["label"]),
        least=entry["least"].points(),
        rule=read_rule(entry["rule"]),
    )


def write_standard(standard: Standard) -> dict[str, object]:
    """A standard as a policy file has it: the inverse of `read_standard`."""
    written: dict[str, object] = {
        "standard": standard.standard,
        "label": write_label(standard.label),
        "of": standard.of,
        "areas": [_written_area(area) for area in standard.areas],
    }
    bands = [
        {"band": band.band, "label": write_label(band.label), "least": f"{band.least:f}", "rule": write_rule(band.rule)}
        for band in standard.bands
    ]
    return written | ({"bands": bands} if bands else {})


def _written_area(area: Area) -> dict[str, object]:
    return {
        "area": area.area,
        "label": write_label(area.label),
        "methods": list(area.methods),
        "criteria": [_written_criterion(criterion) for criterion in area.criteria],
        "rule": write_rule(area.rule),
    }


def _written_criterion(criterion: Criterion) -> dict[str, object]:
    written: dict[str, object] = {
        "criterion": criterion.criterion,
        "number": criterion.number,
        "text": write_label(criterion.text),
    }
    if criterion.points is not None:
        written["points"] = f"{criterion.points:f}"
    if criterion.veto:
        written["veto"] = True
    if criterion.measures:
        written["measures"] = [_written_measure(measure) for measure in criterion.measures]
    return written


def _written_measure(measure: Measure) -> dict[str, object]:
    written: dict[str, object] = {
        "bound": measure.bound,
        "value": f"{measure.value:f}",
        "of": write_label(measure.of),
    }
    written |= {"per": measure.per} if measure.per else {}
    return written | ({"counts": _written_counts(measure.counts)} if measure.counts else {})


def _written_counts(counts: Counts) -> dict[str, object]:
    return {"report": counts.report} if counts.report else {"checks": list(counts.checks)}
