"""How many examples a property is tried with: few every time, as many times more as somebody has patience for.

The examples are others each time, so what a run leaves out another one finds. `EXAMPLES=10 make dev` tries ten
times as many.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("EXAMPLES", "1"))


def patiently(examples: int) -> settings:
    """So many examples a time, in a world that is made once for them all."""
    return settings(
        max_examples=examples * TIMES,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
        database=None,
    )
