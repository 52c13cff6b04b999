"""The level that the answers give. The author's suggestion is kept too, and is never lowered."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from concerns.choices import Kind, Level
from concerns.concern.draft_models import ConcernDraft
from concerns.concern.models import Concern
from concerns.handling.promise_operations import acknowledge_concern
from concerns.handling.triage_operations import triage_concern
from concerns.raising.operations import raise_concern
from concerns.routing.following import LEVEL_RULES, kinds_of, level_rule_of
from concerns.routing.models import Route
from core.errors import Refused
from tests.concerns.engine.raising import WORDS, people_mailed
from tests.concerns.reading import HOUR, NEW, As, address_of, page_of
from tests.concerns.routing.test_routing import change_routing
from tests.world import World


def concern_from_answers(world: World, level: Level = Level.LOG, **answers: Any) -> Concern:
    return raise_concern(world.ely, submit_key=uuid4(), level=level, words=WORDS, by=world.ben, at=world.now, **answers)


@pytest.mark.parametrize(
    ("answers", "level", "because"),
    [
        ({"kinds": ["self_harm"]}, Level.URGENT, "suicide or self-harm"),
        ({"kinds": ["offence"]}, Level.URGENT, "a possible new offence"),
        ({"kinds": ["licence"]}, Level.URGENT, "a possible breach"),
        ({"kinds": ["order"]}, Level.URGENT, "a possible breach"),
        ({"kinds": ["notification"]}, Level.URGENT, "a possible breach"),
        ({"kinds": ["exclusion"]}, Level.URGENT, "a possible breach"),
        ({"kinds": ["threats"]}, Level.URGENT, "threats or violence"),
        (
            {"kinds": ["child_contact"], "at_risk": "child"},
            Level.URGENT,
            "children, and a child who can be told from this",
        ),
        ({"kinds": ["grooming"], "going_on": "yes"}, Level.URGENT, "children, and it is still going on"),
        ({"at_risk": "adult", "going_on": "yes"}, Level.URGENT, "somebody at risk, and it is still going on"),
        ({"at_risk": "adult"}, Level.PRIORITY, "somebody at risk who can be told from this"),
        ({"kinds": ["child_contact"], "going_on": "no"}, Level.PRIORITY, "something an agency should judge"),
        ({"kinds": ["boundary", "about_us"]}, Level.PRIORITY, "something an agency should judge"),
    ],
)
def test_each_answer_has_its_line_and_the_line_its_reason(answers: Any, level: Level, because: str) -> None:
    line = level_rule_of(answers)
    assert line is not None
    assert (line.level, line.because) == (level, because)


@pytest.mark.parametrize(
    "answers", [{}, {"kinds": ["boundary"]}, {"going_on": "yes"}, {"at_risk": "unsure", "going_on": "yes"}]
)
def test_from_little_nothing_follows(answers: Any) -> None:
    assert level_rule_of(answers) is None


def test_the_strictest_line_stands_first_and_immediate_follows_from_nothing() -> None:
    levels = [line.level for line in LEVEL_RULES]
    assert levels == sorted(levels, key=list(Level).index)
    assert Level.IMMEDIATE not in levels


def test_ben_suggests_log_and_a_possible_breach_makes_it_urgent_at_once(world: World) -> None:
    concern = concern_from_answers(world, kinds=["licence"])
    assert (concern.suggested_level, concern.answers_level, concern.level) == (Level.LOG, Level.URGENT, Level.URGENT)
    assert concern.queued_at == world.now
    assert {"Ann", "Esi"} <= set(people_mailed(concern))


def test_ben_may_always_say_sooner_than_follows(world: World) -> None:
    concern = concern_from_answers(world, Level.URGENT, kinds=["boundary"], going_on="no")
    assert (concern.suggested_level, concern.answers_level, concern.level) == (Level.URGENT, "", Level.URGENT)


def test_what_follows_is_told_to_ben_to_ann_and_in_the_queue(world: World, as_person: As) -> None:
    concern = concern_from_answers(world, kinds=["licence"])
    said = "You suggested Log. Your answers make it Urgent: a possible breach."
    assert said in page_of(as_person, world.ben, address_of(concern, "receipt/"))
    for person, address in [(world.ann, address_of(concern)), (world.esi, address_of(concern, "sorting/"))]:
        page = page_of(as_person, person, address)
        assert "Its author suggested Log. Urgent follows from the answers: a possible breach." in page
    queue = page_of(as_person, world.esi, world.queue.get_absolute_url())
    assert "Suggested Log; Urgent follows from: a possible breach" in queue


def test_lowering_below_what_followed_needs_a_reason(world: World) -> None:
    concern = concern_from_answers(world, Level.PRIORITY, kinds=["licence"])
    acknowledge_concern(concern, until=world.now + HOUR, by=world.ann, at=world.now)
    with pytest.raises(Refused, match="Say why"):
        triage_concern(concern, level=Level.PRIORITY, by=world.ann, at=world.now)


def test_several_kinds_are_kept_the_weightiest_first(world: World) -> None:
    concern = concern_from_answers(world, kinds=["mood", "self_harm", "loss"])
    assert (concern.kind, concern.also) == (Kind.SELF_HARM, ["mood", "loss"])
    assert concern.kinds_in_words == "Suicide or self-harm · Severe fall in mood · Lost home, job or support"
    assert kinds_of({"kind": "loss", "kinds": ["loss"]}) == ["loss"]


def test_each_kind_is_routed_as_if_alone_and_the_rule_that_tells_at_once_wins(world: World) -> None:
    change_routing(world, kind="loss", route=Route.AT_ONCE, position=1)
    change_routing(world, kind="mood", route=Route.IN_TURN, position=1)
    assert concern_from_answers(world, kinds=["mood"]).queued_at is None
    both = concern_from_answers(world, kinds=["mood", "loss"])
    assert (both.kind, both.queued_at) == (Kind.MOOD, world.now)


def test_a_new_first_kind_loses_none_of_the_others(world: World) -> None:
    concern = concern_from_answers(world, kinds=["mood", "loss"])
    acknowledge_concern(concern, until=world.now + HOUR, by=world.ann, at=world.now)
    sorted_out = triage_concern(concern, level=Level.PRIORITY, kind="loss", by=world.ann, at=world.now)
    assert sorted_out.kinds == ["loss", "mood"]


def test_the_database_knows_every_kind_and_wants_a_first_one(world: World) -> None:
    concern = concern_from_answers(world, kinds=["mood"])
    for kind, also in [("mood", ["nonsense"]), ("", ["loss"])]:
        concern.kind, concern.also = kind, also
        with pytest.raises(IntegrityError), transaction.atomic():
            concern.save()


def test_the_words_and_how_soon_are_all_that_is_needed_and_the_questions_stand_in_order(
    world: World, as_person: As
) -> None:
    ben = as_person(world.ben)
    page = ben.get(NEW).content.decode()
    assert page.index('name="words"') < page.index('name="going_on"') < page.index('name="at_risk"')
    assert page.index('name="at_risk"') < page.index('name="level"')
    key = str(uuid4())
    assert ben.post(NEW, {"submit_key": key, "level": "log", "words": WORDS}).status_code == 302
    assert Concern.objects.get().answers_level == ""


def test_all_answers_are_kept_read_by_ann_and_come_back_with_the_draft(world: World, as_person: As) -> None:
    sent = {
        "submit_key": str(uuid4()),
        "level": "priority",
        "words": WORDS,
        "kinds": ["loss", "mood"],
        "going_on": "yes",
        "happened_when": "Saturday at ten",
        "happened_where": "His yard",
        "present": "two boys, P.",
        "at_risk": "child",
        "at_risk_who": "the boys at no. 4",
        "basis": "observed",
        "about": world.uma.reference,
    }
    ben = as_person(world.ben)
    ben.post(f"{NEW}draft/", sent)
    assert ConcernDraft.objects.get().about == world.uma
    again = ben.get(NEW, {"draft": sent["submit_key"]}).content.decode()
    for part in ("Saturday at ten", "His yard", "two boys, P.", "the boys at no. 4"):
        assert part in again
    assert re.search(r'value="loss"[^>]* checked', again)
    assert f'value="{world.uma.reference}" selected' in again
    ben.post(NEW, sent)
    page = page_of(as_person, world.ann, address_of(Concern.objects.get()))
    for part in ("Saturday at ten", "His yard", "two boys, P.", "Yes, a child: the boys at no. 4"):
        assert part in page
