"""Makes the demo's tables and loads its invented service, once. One process does it all: starting one takes a second."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand, call_command
from django.utils import timezone

from embedded.load_transaction import load_transaction
from embedded.service import is_loaded, load_service


class Command(BaseCommand):
    help = "Make the tables and load the invented people, circles and concerns, unless they are there."
    requires_system_checks = ()
    """`make check` runs the system checks. Here they would only make somebody wait."""

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, skip_checks=True, verbosity=0)
        call_command("collectstatic", interactive=False, skip_checks=True, verbosity=0)
        if is_loaded():
            self.stdout.write("The invented service is there already.")
            return
        with load_transaction():
            service = load_service(at=timezone.now())
        self.stdout.write(f"Loaded {len(service.people)} people and {len(service.circles)} circles.")
