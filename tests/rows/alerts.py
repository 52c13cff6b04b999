"""The inbox."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from alerts.models import Alert, Channel
from concerns.models import Level
from concerns.operations import raise_concern
from tests.table import Page, everybody, who
from tests.world import World


def an_alert_to_ann(world: World) -> list[Any]:
    raise_concern(
        world.ely,
        submit_key=uuid4(),
        level=Level.URGENT,
        words="He has a second telephone.",
        by=world.ben,
        at=world.now,
    )
    return [Alert.objects.filter(recipient=world.ann, channel=Channel.INBOX).latest("pk").pk]


PAGES = [
    Page("alerts:inbox", opens=everybody(), queries=6, grows=an_alert_to_ann, counts_as="coordinator"),
    Page("alerts:follow", of=an_alert_to_ann, opens=who("coordinator"), posts=lambda world: {}),
    Page("alerts:mobile", opens=everybody(), queries=6),
    Page("alerts:mobile_code", opens=everybody(), queries=6),
    Page("alerts:mobile_remove", opens=everybody(), posts=lambda world: {}),
]
