"""Prints a link with which somebody signs in anew, where nobody could agree to it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.operations import recover_on_the_machine
from core.errors import Refused


class Command(BaseCommand):
    help = "End every way somebody signs in, and print a link that works once, for 72 hours. Only where no page can."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            link = recover_on_the_machine(email=options["email"], at=timezone.now())
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(link)
