"""How many examples Hypothesis tries for each property: few by default.

Each run tries other examples, so a later run finds what this one missed. `EXAMPLES=10 make dev` tries ten times as many.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("EXAMPLES", "1"))


def with_examples(examples: int) -> settings:
    """Settings for so many examples. All of them use the same world."""
    return settings(
        max_examples=examples * TIMES,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
        database=None,
    )
