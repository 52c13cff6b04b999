"""Prints the link that makes a new service's first manager."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from accounts.operations import invite_first_manager
from core.errors import Refused


class Command(BaseCommand):
    help = "Invite the first manager of a new service; everybody else is invited from its pages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("full_name")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            invited = invite_first_manager(
                email=options["email"], full_name=options["full_name"], at=timezone.now()
            )
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        path = reverse("accounts:invitation", args=[invited.token])
        self.stdout.write(f"Open within 72 hours, once: {settings.SITE_ADDRESS}{path}")
