"""A database and a workshop made once for all live tests, and a service for each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.live.orders import Orders
from tests.live.service import ROOT, Service, Surroundings, prepared_surroundings, running_service


@pytest.fixture(scope="session")
def workshop() -> Iterator[tuple[Surroundings, Orders]]:
    """The surroundings and the workshop. Their folder is not pytest's own: another run of pytest would close that."""
    folder = ROOT / ".waymark" / "tests" / f"live-{uuid4().hex[:8]}"
    try:
        with prepared_surroundings(folder) as made:
            yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def service(tmp_path: Path, workshop: tuple[Surroundings, Orders]) -> Iterator[Service]:
    with running_service(tmp_path, *workshop) as running:
        yield running
