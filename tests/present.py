"""The world's present: one fixed evening, for Python and for the tests' database alike.

A suite that runs at the hour the machine happens to have passes at tea time and fails at midnight.
`WORLD_NOW=2026-12-25T03:00 make dev` runs it at another moment, to find what holds only in the evening.
Tests of real processes and of the demo live in the real present.
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
"""The setting of a transaction in which it is another time for the database, for tests whose clock goes on."""

CLOCK = f"""
    CREATE OR REPLACE FUNCTION public.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE
    AS $$ SELECT coalesce(
        nullif(current_setting('{MOVED}', true), '')::timestamptz,
        timestamptz '{NOW.isoformat()}' + interval '1 minute'
    ) $$
"""
"""What the database answers for its own clock: a minute on, by when any test is over. Made in each copy of it."""

FIRST_OURS = "-c search_path=public,pg_catalog"
"""Looks for a function among ours before PostgreSQL's own."""


def lives_in_the_real_present(item: pytest.Item) -> bool:
    """Whether a test meets other processes, which have the machine's clock."""
    return item.get_closest_marker("live") is not None or "demo" in getattr(item, "fixturenames", [])
