"""Loads the instrument of the risk reviews from a licensed file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from circles.instrument.definition import BadDefinition, read_definition
from circles.instrument.operations import load_instrument
from core.errors import Refused


class Command(BaseCommand):
    help = "Load a risk review instrument from a TOML or JSON file. Coming reviews use the one loaded last."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            instrument = load_instrument(read_definition(options["file"]), at=timezone.now())
        except BadDefinition as bad:
            raise CommandError("Nothing was loaded.\n- " + "\n- ".join(bad.faults)) from bad
        except Refused as refused:
            raise CommandError(refused.message) from refused
        count, domains = instrument.items.count(), len(instrument.by_domain())
        self.stdout.write(f"{instrument.name}, version {instrument.version}: {count} items in {domains} domains.")
