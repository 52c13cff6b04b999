"""Hashes the invented people's passwords in no time: nobody's secret hangs on them."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickHasher(Argon2PasswordHasher):
    """Argon2 at its least. The real one would take some ten seconds of the demo’s first start."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
