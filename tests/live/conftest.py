"""A database made once for all live tests, and a service for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.service import Service, prepared_database, running_service


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with prepared_database(tmp_path_factory.mktemp("live")) as address:
        yield address


@pytest.fixture
def service(tmp_path: Path, prepared: str) -> Iterator[Service]:
    with running_service(tmp_path, prepared) as running:
        yield running
