"""The data a new service starts with: programmes, a first agreement, questionnaires, the first tags."""

from __future__ import annotations

from django.apps import apps

from circles.defaults.programmes import Models, load_programmes
from circles.defaults.taxonomy import load_taxonomy


def load_defaults(find: Models = apps.get_model) -> None:
    """Load everything a new service starts with. People edit it from then on. Safe to run again."""
    load_programmes(find)
    load_taxonomy(find)
