"""Seals the data keys of all identities with the current key of KEYRING, after a new key was put first in it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.keyring import get_keyring
from offenders.identity.rotation_operations import BATCH, Rotation, identities_of_other_keys, rotate_batch


class Command(BaseCommand):
    help = (
        "Seal the keys of all identities with the current key of KEYRING, and index them with INDEX_KEY. Keep the old "
        "key in KEYRING until it has ended. It may be broken off and run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=BATCH, help="how many are written together")

    def handle(self, *args: Any, **options: Any) -> None:
        keyring = get_keyring()
        rotation = Rotation(keyring.current)
        self.stdout.write(f"{identities_of_other_keys(keyring).count()} to seal with the key “{keyring.current}”")
        while rotate_batch(rotation, at=timezone.now(), size=options["batch"]):
            self.stdout.write(f"{rotation.done} done")
        if rotation.unreadable:
            raise CommandError(
                f"{len(rotation.unreadable)} did not open and were left as they are. Put the key back that sealed them, "
                "and run this again."
            )
        self.stdout.write(
            "Every identity is sealed with the current key. The older keys may go once no backup needs them."
        )
