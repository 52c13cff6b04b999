"""The tests' clock: one fixed evening, for Python and for the tests' database.

With the machine's own clock a test can pass in the afternoon and fail at midnight. `WORLD_NOW=2026-12-25T03:00 make dev`
runs the tests at another moment, to find what holds only in the evening. Tests of real processes and of the demo use
the machine's clock.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

NOW = datetime.fromisoformat(os.environ.get("WORLD_NOW", "2026-06-17T20:30")).replace(tzinfo=UTC)
"""A Wednesday in summer, 21:30 in London: UTC and London differ, and no office is open."""

MOVED = "waymark.now"
"""A setting of the database's transaction that gives it another time, for tests whose clock goes on."""

CLOCK = f"""
    CREATE OR REPLACE FUNCTION public.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE
    AS $$ SELECT coalesce(
        nullif(current_setting('{MOVED}', true), '')::timestamptz,
        timestamptz '{NOW.isoformat()}' + interval '1 minute'
    ) $$
"""
"""Replaces the database's clock by a fixed time, a minute later than Python's. It is made in each test database."""

OUR_FUNCTIONS_FIRST = "-c search_path=public,pg_catalog"
"""PostgreSQL then finds our function before its own."""


def uses_machine_clock(item: pytest.Item) -> bool:
    """Whether a test works with other processes, which use the machine's clock."""
    whole_services = {"demo", "new_service"} & set(getattr(item, "fixturenames", []))
    return item.get_closest_marker("live") is not None or bool(whole_services)
