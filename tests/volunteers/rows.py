"""The rows of the page table for volunteers' files."""

from __future__ import annotations

from typing import Any

from tests.table import Page, acts, everybody, who
from tests.world import World
from volunteers.volunteer.models import Volunteer

STAFF = ("coordinator", "coordinator elsewhere", "manager", "safeguarding lead")
PLACERS = ("coordinator", "coordinator elsewhere", "manager")


def bens_file_address(world: World) -> list[Any]:
    return [Volunteer.objects.get(user=world.ben).reference]


PAGES = [
    Page("volunteers:volunteers", opens=everybody(), queries=7),
    Page("volunteers:approve", opens=who(*PLACERS, otherwise=403), queries=5),
    Page("volunteers:volunteer", of=bens_file_address, opens=who("volunteer", *STAFF), queries=7),
    Page("volunteers:checks", of=bens_file_address, opens=acts(*PLACERS, see=("volunteer", *STAFF)), queries=6),
    Page("volunteers:pause", of=bens_file_address, opens=acts(*PLACERS, see=("volunteer", *STAFF))),
]
