"""What is copied out of a concern: into the trail, a review's agenda, a story beside it, the status page."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from circles.review.copy import Copy
from circles.review.record_operations import words_of_copy
from concerns.choices import Kind, Level
from concerns.concern.event_models import ConcernEvent
from concerns.concern.models import Concern
from concerns.engine.models import EscalationStep
from concerns.engine.operations import fire_due_concerns
from concerns.handling.merge_operations import merge_concern
from concerns.raising.operations import raise_concern
from concerns.worklist import concerns_at_the_end
from tests.circles.review.reviews import shared_review
from tests.concerns.engine.raising import WORDS, worry
from tests.concerns.wall.crawling import crawl
from tests.concerns.wall.poison import POISON, marks_in, poison
from tests.world import World

As = Callable[[User], Client]


def test_jo_finds_in_the_trail_who_did_what_and_nothing_of_what_it_says(world: World, as_person: As) -> None:
    made, jo = poison(world), as_person(world.jo)
    for reference in (made.concern.reference, made.share.reference):
        page = jo.get("/trail/", {"reference": reference}).content.decode()
        assert "Fay Osborne" in page
        assert POISON not in page
    pages = crawl(jo, f"/trail/?reference={made.concern.reference}", f"/trail/?reference={world.ely.reference}")
    assert [where for where, marks in marks_in(pages, made).items() if POISON in marks] == []
    assert {where for where in marks_in(pages, made) if not where.startswith("/trail/")} == set()


def test_the_trail_of_a_circle_leaves_out_what_is_about_its_coordinator(world: World, as_person: As) -> None:
    hidden, open_to_all = poison(world, about=world.ann), poison(world)
    page = as_person(world.jo).get("/trail/", {"reference": world.ely.reference}).content.decode()
    assert open_to_all.concern.reference in page
    assert hidden.concern.reference not in page


@pytest.mark.parametrize("copy", [Copy.INNER, Copy.OUTER])
def test_the_copies_of_a_review_hold_nothing_of_a_concern_about_ann(world: World, copy: Copy) -> None:
    for kind, about in ((Kind.ABOUT_US, world.ann), (Kind.MOOD, None)):
        raise_concern(
            world.ely,
            submit_key=uuid4(),
            level=Level.URGENT,
            kind=kind,
            words=POISON,
            about=about,
            by=world.ben,
            at=world.now,
        )
    said = str(words_of_copy(shared_review(world), copy=copy, by=world.ann, at=world.now))
    assert POISON not in said
    assert Kind.ABOUT_US.label not in said
    assert (Kind.MOOD.label in said) is (copy == Copy.OUTER), "the agencies' copy counts those about nobody of ours"


def test_joining_two_concerns_names_neither_to_who_sees_only_the_other(world: World, as_person: As) -> None:
    seen, hidden = worry(world), worry(world, Level.LOG)
    kept = merge_concern(hidden, into=seen, reason="One thing.", by=world.ann, at=world.now)
    assert not Concern.objects.visible_to(world.esi).contains(hidden)
    assert hidden.reference not in as_person(world.esi).get(kept.get_absolute_url()).content.decode()
    assert hidden.reference in as_person(world.ann).get(kept.get_absolute_url()).content.decode()
    assert kept.reference in as_person(world.ann).get(hidden.get_absolute_url()).content.decode()


def test_no_storys_line_names_another_concern(world: World) -> None:
    first, second = worry(world), worry(world)
    merge_concern(first, into=second, reason="One thing.", by=world.ann, at=world.now)
    references = set(Concern.objects.values_list("reference", flat=True))
    for event in ConcernEvent.objects.select_related("concern"):
        others = references - {event.concern.reference}
        assert not [each for each in others if each in f"{event.sentence} {event.detail}"]


def test_the_red_count_on_the_status_page_leaves_out_what_is_about_its_reader(world: World, as_person: As) -> None:
    about_ann = raise_concern(
        world.ely, submit_key=uuid4(), level=Level.URGENT, words=WORDS, about=world.ann, by=world.ben, at=world.now
    )
    for _ in range(12):
        EscalationStep.objects.pending().filter(concern=about_ann).update(due_at=world.now)
        fire_due_concerns(at=world.now)
    now = timezone.now()
    assert concerns_at_the_end(now).contains(about_ann)
    assert as_person(world.hana).get("/status/").context["unanswered"] == 1
    assert as_person(world.ann).get("/status/").context["unanswered"] == 0
