"""Who works the queue of an area, in words: whoever changes his area reads who hears of him from then on."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import Area


def hearers_of(area: Area) -> str:
    """Their names; empty where nobody works a queue there."""
    grants = import_string(settings.WORKERS_OF_AREA)(area)
    return ", ".join(sorted(set(grants.values_list("group__user__full_name", flat=True))))
