"""Hashes the invented people's passwords fast. Nobody types them, so they protect nothing."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickHasher(Argon2PasswordHasher):
    """Argon2 with the least work. The usual amount would add some ten seconds to the demo’s first start."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
