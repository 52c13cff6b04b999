"""The teams of the world, by their names."""

from __future__ import annotations

from accounts.models import Team

CAMBRIDGESHIRE, SUFFOLK = "Cambridgeshire public protection", "Suffolk"


def team(name: str) -> Team:
    found: Team = Team.objects.get(name=name)
    return found
