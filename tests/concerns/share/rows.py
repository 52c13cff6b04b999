"""Telling agencies about a concern, and reading what one was sent."""

from __future__ import annotations

from typing import Any

from concerns.share.models import Share
from concerns.share.operations import approve_share, send_share
from concerns.share.reply_models import ShareReply
from concerns.share.reply_operations import write_reply
from tests.concerns.overview.rows import CHARITY, SEE, reference_of_urgent
from tests.concerns.share.sharing import TYPED, share_for_esi
from tests.table import Page, acts, everybody, who
from tests.world import World

TELL = (*CHARITY,)


def proposed_share(world: World) -> list[Any]:
    return [share_for_esi(world).reference]


def approved_share(world: World) -> list[Any]:
    return [approve_share(share_for_esi(world), by=world.hana, at=world.now).reference]


def sent_share_address(world: World) -> list[Any]:
    return [sent_share(world).reference]


def sent_share(world: World) -> Share:
    return send_share(approve_share(share_for_esi(world), by=world.hana, at=world.now), by=world.ann, at=world.now)


def answered_share(world: World) -> list[Any]:
    share = sent_share(world)
    write_reply(share, words="Which Saturdays?", by=world.esi, at=world.now)
    return [share.reference]


def two_more(world: World) -> None:
    for _ in range(2):
        sent_share(world)


def fields_of_share(world: World) -> dict[str, Any]:
    return dict(TYPED)


PAGES = [
    Page("concerns:shares", of=reference_of_urgent, opens=acts(*TELL, see=SEE), queries=10),
    Page("concerns:propose_share", of=reference_of_urgent, opens=acts(*TELL, see=SEE), queries=13),
    Page("concerns:propose_share", of=reference_of_urgent, opens=acts(*TELL, see=SEE), posts=fields_of_share),
    Page("concerns:sent_to_me", opens=everybody(), queries=5, counts_as="liaison", grows=two_more),
    Page("concerns:share", of=proposed_share, opens=who(*TELL), queries=8),
    Page("concerns:share", of=sent_share_address, opens=who(*TELL, "liaison")),
    Page("concerns:share_paper", of=sent_share_address, opens=who(*TELL, "liaison"), axe=False),
    Page(
        "concerns:share_receive",
        of=sent_share_address,
        opens=acts(*TELL, "liaison", see=(*TELL, "liaison")),
        posts=lambda world: {},
    ),
    Page(
        "concerns:share_write",
        of=sent_share_address,
        opens=acts("liaison", see=(*TELL, "liaison")),
        posts=lambda world: {"write-words": "Which Saturdays?"},
    ),
    Page(
        "concerns:share_read",
        of=answered_share,
        opens=acts(*TELL, see=(*TELL, "liaison")),
        posts=lambda world: {},
        makes=lambda world: not ShareReply.objects.filter(read_at=None).exists(),
    ),
    Page("concerns:share_text", of=sent_share_address, opens=who(*TELL, "liaison"), axe=False),
    Page(
        "concerns:share_approve",
        of=proposed_share,
        opens=acts(*TELL, see=TELL) | {"coordinator": 403},
        posts=lambda world: {},
    ),
    Page("concerns:share_send", of=approved_share, opens=acts(*TELL, see=TELL), posts=lambda world: {}),
    Page(
        "concerns:share_reply",
        of=sent_share_address,
        opens=acts(*TELL, "liaison", see=(*TELL, "liaison")),
        posts=lambda world: {"reply-their_plan": "Visit tomorrow."},
    ),
    Page(
        "concerns:share_chase",
        of=sent_share_address,
        opens=acts(*TELL, see=(*TELL, "liaison")),
        posts=lambda world: {"chase-spoken_to": "The duty sergeant, who will ring back."},
    ),
    *[
        Page(
            f"concerns:share_{act}",
            of=sent_share_address if act != "not_shared" else proposed_share,
            opens=acts(*TELL, see=(*TELL, "liaison") if act != "not_shared" else TELL),
            posts=lambda world, act=act: {f"{act}-reason": "The wrong desk."},
        )
        for act in ("failed", "recall", "not_shared")
    ],
]
