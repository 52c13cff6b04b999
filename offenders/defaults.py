"""What a new service begins with: where e-mail counts as secure (domain.md 2.6); a manager changes the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps

FIRST_DOMAINS = ["cjsm.net", "pnn.police.uk", "police.uk", "justice.gov.uk", "gov.uk", "nhs.net"]


def load_secure_domains(find: Callable[[str, str], Any] = apps.get_model) -> None:
    """Safe to run again. `find` finds a model by app and name: today's, or a migration's own."""
    for name in FIRST_DOMAINS:
        find("offenders", "SecureDomain").objects.get_or_create(name=name)
