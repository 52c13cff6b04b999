"""Loads the demo's invented service, once."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand
from django.db import transaction
from django.utils import timezone

from embedded.people import is_loaded, load_people


class Command(BaseCommand):
    help = "Load the invented people, circles and concerns, unless they are there."

    def handle(self, *args: Any, **options: Any) -> None:
        if is_loaded():
            self.stdout.write("The invented service is there already.")
            return
        with transaction.atomic():
            service = load_people(at=timezone.now())
        self.stdout.write(f"Loaded {len(service.people)} people and {len(service.circles)} circles.")
