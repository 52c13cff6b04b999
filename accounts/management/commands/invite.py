"""Prints the invitation link for the first manager of a new service."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.operations import invite_first_manager
from core.errors import Refused


class Command(BaseCommand):
    help = "Invite the first manager: prints a link that works once, for 72 hours. Later ones are invited by page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("full_name")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            link = invite_first_manager(email=options["email"], full_name=options["full_name"], at=timezone.now())
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(link)
