"""The secure e-mail domains of a new service (domain.md 2.6). A manager changes the list later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps

FIRST_DOMAINS = ["cjsm.net", "pnn.police.uk", "police.uk", "justice.gov.uk", "gov.uk", "nhs.net"]


def load_secure_domains(find: Callable[[str, str], Any] = apps.get_model) -> None:
    """Add the domains that are missing. `find` gives a model by app and name: today's, or a migration's own."""
    for name in FIRST_DOMAINS:
        find("offenders", "SecureDomain").objects.get_or_create(name=name)
