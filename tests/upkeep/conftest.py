"""A second database, to which an office moves."""

from __future__ import annotations

import pytest

from tests.office import Office

OTHER = {"sqlite": "postgres", "postgresql": "sqlite"}


@pytest.fixture
def other_url(office: Office, request: pytest.FixtureRequest) -> str:
    """An empty database of the other kind."""
    kind = OTHER[office.runtime.engine.dialect.name]
    url: str = request.getfixturevalue(f"{kind}_url")
    return url
