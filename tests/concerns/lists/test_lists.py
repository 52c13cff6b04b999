"""The queue, every open concern, where one starts, and drafts."""

from __future__ import annotations

import re
from uuid import uuid4

from concerns.choices import Level
from concerns.concern.draft_models import ConcernDraft
from tests.concerns.engine.raising import WORDS, worry
from tests.concerns.reading import NEW, As, concern_of_ann, page_of
from tests.world import World


def test_the_queue_puts_the_pressing_first_what_is_held_last_and_can_be_narrowed(world: World, as_person: As) -> None:
    held, urgent, danger = concern_of_ann(world), worry(world), worry(world, Level.IMMEDIATE)
    address = f"/concerns/queues/{world.queue.reference}/"
    page = page_of(as_person, world.oz, address)
    places = [page.index(f"{concern.reference}</a>") for concern in (danger, urgent, held)]
    assert places == sorted(places)
    assert "3 open" in page
    assert "you share this queue with 2 people" in page
    assert "then the team manager" in page
    narrowed = page_of(as_person, world.oz, f"{address}?level=immediate")
    assert danger.reference in narrowed
    assert urgent.reference not in narrowed
    assert urgent.reference in page_of(as_person, world.oz, f"{address}?level=nonsense")


def test_every_open_concern_is_listed_for_fay_with_why_it_is_where_it_is(world: World, as_person: As) -> None:
    at_once, kept = worry(world), worry(world, Level.LOG)
    page = page_of(as_person, world.fay, "/concerns/")
    assert page.index(at_once.reference) < page.index(kept.reference)
    assert "Rule 2: Urgent: the coordinator and the area&#x27;s queue, at once" in page
    assert "With the charity, not in the area&#x27;s queue" in page


def test_ann_lists_the_concerns_of_her_circles_and_pat_none_of_them(world: World, as_person: As) -> None:
    concern = worry(world)
    assert concern.reference in page_of(as_person, world.ann, "/concerns/")
    assert concern.reference not in page_of(as_person, world.pat, "/concerns/")


def test_max_reads_that_his_team_works_no_queue_yet(world: World, as_person: As) -> None:
    assert "Your team works no queue yet." in page_of(as_person, world.max, "/concerns/queues/")


def test_hana_who_sees_many_circles_finds_one_by_its_reference(world: World, as_person: As) -> None:
    page = page_of(as_person, world.hana, "/concerns/new/?circle=c-0098")
    assert "C-0098" in page
    assert "C-0142" not in page
    assert "No circle of yours is called C-7" in page_of(as_person, world.hana, "/concerns/new/?circle=c-7")


def test_too_much_to_keep_is_said_and_leaves_the_kept_words_alone(world: World, as_person: As) -> None:
    ben, typed = as_person(world.ben), {"submit_key": str(uuid4()), "words": WORDS}
    ben.post(f"{NEW}draft/", typed)
    answer = ben.post(f"{NEW}draft/", {**typed, "words": "x" * 8001})
    assert answer.status_code == 409
    assert "too long" in answer.json()["problem"]
    assert ConcernDraft.objects.get().words == WORDS


def test_a_draft_of_something_already_sent_is_refused_quietly(world: World, as_person: As) -> None:
    ben, typed = as_person(world.ben), {"submit_key": str(uuid4()), "words": WORDS, "level": "urgent"}
    ben.post(NEW, typed)
    answer = ben.post(f"{NEW}draft/", typed)
    assert answer.status_code == 200
    assert "has arrived" in answer.json()["problem"]
    assert ConcernDraft.objects.count() == 0


def test_a_draft_without_a_key_is_refused(world: World, as_person: As) -> None:
    assert as_person(world.ben).post(f"{NEW}draft/", {"words": WORDS}).status_code == 409


def test_a_kept_draft_opens_again_as_it_was(world: World, as_person: As) -> None:
    typed = {"submit_key": str(uuid4()), "words": "He was seen by", "level": "priority", "kinds": "mood"}
    as_person(world.ben).post(f"{NEW}draft/", typed)
    page = page_of(as_person, world.ben, f"{NEW}?draft={typed['submit_key']}")
    assert "He was seen by</textarea>" in page
    assert typed["submit_key"] in page
    assert re.search(r'value="mood"[^>]* checked', page)
    assert not re.search(r'value="loss"[^>]* checked', page)
