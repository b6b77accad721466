"""The frame, column by column."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from audit_service.core.frame import Frame, FrameUnit

ROWS = st.lists(st.tuples(st.uuids().map(str), st.sampled_from("st"), st.sampled_from("cde")))


@given(ROWS)
def test_a_frame_gives_its_rows_back(rows: list[tuple[str, str, str]]) -> None:
    frame = Frame.of(rows)
    assert list(frame) == [FrameUnit(*row) for row in rows]
    assert len(frame) == len(rows)
    assert frame == Frame.of(rows)


@given(ROWS)
def test_every_unit_is_counted_in_its_cell(rows: list[tuple[str, str, str]]) -> None:
    names, places = Frame.of(rows).cells
    assert [names[place] for place in places.tolist()] == [(stratum, city) for _, stratum, city in rows]
    assert Counter(names).keys() == {(stratum, city) for _, stratum, city in rows}
    assert len(names) == len(set(names))
