"""Fires due steps and sends due alerts once. For the system's own timer: it needs neither Redis nor Celery."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from concerns.watch.sweep import sweep


class Command(BaseCommand):
    help = "Fire due steps and send due alerts once. Run it every minute from the system's timer."
    requires_system_checks = ()  # the project was checked when it was installed, not once a minute

    def handle(self, *args: Any, **options: Any) -> None:
        fired = sweep(at=timezone.now())
        self.stdout.write(f"{fired} steps fired")
