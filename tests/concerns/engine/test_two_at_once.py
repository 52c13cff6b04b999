"""Two people on one concern: who has it, and what they do at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.test import Client

from accounts.models import User
from alerts.message.models import Alert, Channel
from concerns.choices import Feedback, Level
from concerns.concern.event_models import ConcernEvent
from concerns.concern.models import Concern
from concerns.engine.hold_models import Hold
from concerns.engine.models import Acknowledgement
from concerns.handling.hold_operations import hold_concern
from concerns.handling.link_models import ConcernLink
from concerns.handling.link_operations import link_concerns
from concerns.handling.merge_operations import merge_concern
from concerns.handling.operations import give_feedback, record_action
from concerns.handling.promise_operations import acknowledge_concern
from concerns.share.operations import approve_share, send_share
from concerns.watch.sweep import sweep
from core.errors import Refused
from core.worktime import LONDON
from tests.concerns.engine.raising import story, worry
from tests.concerns.engine.test_races import run_together
from tests.concerns.share.sharing import esi, share_for_esi
from tests.world import World

As = Callable[[User], Client]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2027, 3, 1, 9, 0, tzinfo=LONDON)
RACES = 12


def concern_of_ann(world: World, level: Level = Level.PRIORITY, *, until: timedelta = HOUR) -> Concern:
    """Ben's worry, which Ann has."""
    return acknowledge_concern(worry(world, level, at=MONDAY), until=MONDAY + until, by=world.ann, at=MONDAY)


# --- Who has it ---------------------------------------------------------------------------------------------


def test_oz_takes_over_what_esi_has_knowingly_or_not_at_all(world: World) -> None:
    concern = worry(world, at=MONDAY)
    acknowledge_concern(concern, until=MONDAY + HOUR, by=world.esi, at=MONDAY)
    acts = [acknowledge_concern, partial(record_action, what="Rang.")]
    for act in acts:
        with pytest.raises(Refused, match="Esi Okafor has it until 10:00 am on 1 March"):
            act(concern, until=MONDAY + 2 * HOUR, by=world.oz, at=MONDAY)
    esis = Acknowledgement.objects.get()
    acknowledge_concern(concern, until=MONDAY + 2 * HOUR, over=esis, by=world.oz, at=MONDAY + MINUTE)
    assert "Has it until 11:00 am on 1 March 2027 Taken over from Esi Okafor." in story(concern)
    assert Alert.objects.filter(key__contains=":news:taken:", recipient=world.esi, channel=Channel.INBOX).exists()
    with pytest.raises(Refused, match="Oz Hale has it"):
        acknowledge_concern(concern, until=MONDAY + 2 * HOUR, over=esis, by=world.ivor, at=MONDAY + 2 * MINUTE)


def test_an_old_page_takes_nothing_from_a_colleague_without_a_word(world: World, as_person: As) -> None:
    concern = worry(world)
    oz, address = as_person(world.oz), concern.get_absolute_url()
    old = {
        "acknowledge-until": "other",
        "acknowledge-other": f"{(world.now + 2 * HOUR).astimezone(LONDON):%Y-%m-%dT%H:%M}",
    }
    acknowledge_concern(concern, until=world.now + HOUR, by=world.esi, at=world.now)
    answer = oz.post(f"{address}acknowledge/", old)
    page = answer.content.decode()
    assert (answer.status_code, Acknowledgement.objects.count()) == (422, 1)
    assert "Esi Okafor has it until" in page
    assert "Take it over all the same" in page
    ticked = {**old, "acknowledge-over": str(Acknowledgement.objects.get().pk)}
    assert oz.post(f"{address}acknowledge/", ticked).status_code == 302
    assert Acknowledgement.objects.latest("pk").by == world.oz


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_of_two_who_promise_at_once_one_has_it_and_the_other_is_told_who(world: World) -> None:
    for _ in range(RACES):
        concern = worry(world)
        raised = run_together(
            *[
                partial(acknowledge_concern, concern, until=world.now + HOUR, by=person, at=world.now)
                for person in (world.esi, world.oz)
            ]
        )
        holder = Acknowledgement.objects.get(concern=concern).by
        assert [type(refusal) for refusal in raised] == [Refused]
        assert f"{holder.full_name} has it until" in str(raised[0])


# --- Two at once --------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_two_holds_at_once_are_one(world: World) -> None:
    for number in range(RACES):
        concern = worry(world, Level.LOG, at=MONDAY)
        raised = run_together(
            *[
                partial(hold_concern, concern, waiting_for="him", until=MONDAY + DAY, by=person, at=at)
                for person, at in (
                    (world.ann, MONDAY + MINUTE),
                    (world.hana, MONDAY + MINUTE - number * timedelta(seconds=1)),
                )
            ]
        )
        assert [type(refusal) for refusal in raised] == [Refused]
        assert Hold.objects.filter(concern=concern).count() == 1


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_linked_and_joined_crosswise_nobody_waits_for_ever(world: World) -> None:
    for _ in range(RACES):
        one, other, third = (worry(world) for _ in range(3))
        merge_concern(third, into=other, reason="One.", by=world.ann, at=world.now)
        raised = run_together(
            partial(link_concerns, one, other=other, why="One van.", by=world.ann, at=world.now),
            partial(link_concerns, other, other=one, why="One van.", by=world.hana, at=world.now),
            partial(give_feedback, other, feedback=Feedback.SPOKEN, by=world.fay, at=world.now),
            partial(link_concerns, third, other=other, why="One.", by=world.ann, at=world.now),
        )
        assert [type(refusal) for refusal in raised] == [Refused]
        assert ConcernLink.objects.of(one).count() == 1


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_story_stands_in_the_order_in_which_things_happened(world: World) -> None:
    """Whoever began first and waited for the lock is written after, and dated after, whoever had it before."""
    for _ in range(RACES):
        concern = concern_of_ann(world)
        moments = [MONDAY + number * timedelta(seconds=1) for number in (5, 1, 3, 2, 4)]
        shares = [share_for_esi(world, concern, other_recipient=esi(world)) for _ in range(2)]
        for share in shares:
            approve_share(share, by=world.fay, at=MONDAY)
        run_together(
            *[
                partial(record_action, concern, what="Rang.", until=MONDAY + HOUR, by=world.ann, at=at)
                for at in moments
            ],
            *[partial(send_share, share, by=world.ann, at=MONDAY) for share in shares],
            partial(sweep, at=MONDAY),
        )
        written = list(ConcernEvent.objects.filter(concern=concern).order_by("pk").values_list("at", flat=True))
        assert written == sorted(written)
