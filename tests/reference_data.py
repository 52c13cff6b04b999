"""Puts back what migrations load, after a test with real commits has emptied the tables."""

from __future__ import annotations

from concerns.defaults import load_defaults


def load_reference_data() -> None:
    load_defaults()
