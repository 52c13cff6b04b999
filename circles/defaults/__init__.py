"""What every provider begins with: programmes, the agreement's first text, questionnaires, the first taxonomy."""

from __future__ import annotations

from django.apps import apps

from circles.defaults.programmes import Models, load_programmes
from circles.defaults.taxonomy import load_taxonomy


def load_defaults(find: Models = apps.get_model) -> None:
    """Everything a new service starts with, edited as data from then on; safe to run again."""
    load_programmes(find)
    load_taxonomy(find)
