"""The agenda is made from the record. The copies on paper say only what their readers may know."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from pypdf import PdfReader

from audit.models import Act, Entry
from circles.minutes.operations import approve_minutes
from circles.review.agenda import Period, attendance_section, meetings_section, period_of, restrictions_section
from circles.review.copy import Copy
from circles.review.models import Review
from circles.review.record_operations import copy_of_review
from concerns.choices import Level
from concerns.raising.operations import raise_concern
from core.errors import Refused
from core.paper import print_paper
from offenders.restriction.operations import add_restriction
from tests.circles.log.writing import send
from tests.circles.review.reviews import invited_review, planned_review, shared_review, written_review
from tests.world import VOLUNTEERS, World

HOSTILE = '#panic("x") ] [ \\ $ *b* `r` @l <a> #read("review.typ") "); #let x = 1'


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def printed_words_of(review: Review, copy: Copy, world: World, by: str = "ann") -> str:
    return text_of(copy_of_review(review, copy=copy, by=world.people[by], at=world.now))


def ely_period(world: World) -> Period:
    send(world.meeting, by=world.ben, at=world.now)
    return period_of(planned_review(world), at=world.now + timedelta(hours=1))


def test_attendance_counts_the_core_member_and_each_volunteer(world: World) -> None:
    lines = attendance_section(ely_period(world)).lines
    assert [(line.volunteer, line.text) for line in lines] == [
        ("", "Paul came to 1 of 1 (100 %)."),
        ("Ben", "came to 1 of 1 (100 %)."),
    ]


def test_meetings_and_moods_are_counted(world: World) -> None:
    lines = [line.text for line in meetings_section(ely_period(world)).lines]
    assert lines[0].startswith("Minutes sent for 1 of 1 meetings")
    assert lines[1].endswith("steady 1.")


def test_an_unsent_draft_counts_for_nothing(world: World) -> None:
    assert attendance_section(period_of(planned_review(world), at=world.now)).lines == []


def test_a_restriction_that_is_new_is_said_to_be(world: World) -> None:
    started = world.ely.started_on + timedelta(days=5)
    add_restriction(
        world.core_member,
        source="licence",
        plain_words="He must not use the canal path.",
        starts_on=started,
        by=world.ann,
        at=world.now,
    )
    lines = [
        line.text
        for line in restrictions_section(period_of(planned_review(world), at=world.now + timedelta(days=9))).lines
    ]
    assert "He must not be alone with anyone under 16. (Sexual harm prevention order)" in lines
    assert any(line.startswith("New since") and "canal path" in line for line in lines)
    assert not any(line.startswith("New since") and "under 16" in line for line in lines)


def raise_worry(world: World, **more: object) -> None:
    raise_concern(
        world.ely,
        submit_key=uuid4(),
        level=Level.URGENT,
        words="He mends bikes.",
        kind="child_contact",
        by=world.ben,
        at=world.now,
        **more,
    )  # type: ignore[arg-type]


def concerns_in(review: Review) -> list[str]:
    return next([line["text"] for line in part["lines"]] for part in review.agenda if "Concerns" in part["title"])


def test_concerns_come_by_kind_and_outcome_without_their_words(world: World) -> None:
    raise_worry(world)
    told = concerns_in(invited_review(world))
    assert len(told) == 1
    assert "Contact with children (Urgent)" in told[0]
    assert "bikes" not in told[0]


def test_the_inner_copy_holds_no_concern_and_the_outer_one_does(world: World) -> None:
    raise_worry(world)
    review = shared_review(world)
    assert "Contact with children" not in printed_words_of(review, Copy.INNER, world)
    assert "Contact with children" in printed_words_of(review, Copy.OUTER, world)


def test_no_copy_has_a_volunteers_surname_even_when_somebody_wrote_it(world: World) -> None:
    approve_minutes(send(world.meeting, by=world.ben, at=world.now), by=world.ann, at=world.now)
    review = shared_review(world)
    for copy in (Copy.INNER, Copy.OUTER):
        told = printed_words_of(review, copy, world).lower()
        assert [name for name in VOLUNTEERS.values() if name.split()[1].lower() in told] == []
        assert "a calm evening" not in told
    assert "B.: He talks to us. T. [surname left out]" in printed_words_of(review, Copy.OUTER, world)
    assert "Ben: He talks to us." in printed_words_of(review, Copy.INNER, world)


def test_the_outer_copy_names_volunteers_by_initial(world: World) -> None:
    review = shared_review(world)
    assert "B. (Volunteer): came" in printed_words_of(review, Copy.OUTER, world)
    assert "Ben (Volunteer)" not in printed_words_of(review, Copy.OUTER, world)


def test_a_copy_is_marked_and_says_who_printed_it_and_when(world: World) -> None:
    review = shared_review(world)
    told = printed_words_of(review, Copy.OUTER, world, by="esi")
    assert told.count("OFFICIAL-SENSITIVE") >= 2
    assert review.reference in told
    assert "Printed by Esi Okafor on" in told
    assert "Outer circle copy · Core member EE-2417-K" in told
    assert "Printed by Ben on" in printed_words_of(review, Copy.INNER, world, by="ben")


def test_hostile_words_are_printed_and_never_run(world: World) -> None:
    review = written_review(world, summary=HOSTILE)
    assert HOSTILE.replace(" ", "") in printed_words_of(review, Copy.INNER, world).replace(" ", "")


def test_the_paper_is_tagged_and_names_its_language() -> None:
    words = {
        "title": HOSTILE,
        "copy": "c",
        "about": HOSTILE,
        "reference": HOSTILE,
        "printed": HOSTILE,
        "parts": [{"title": HOSTILE, "lines": [HOSTILE]}],
    }
    root = PdfReader(io.BytesIO(print_paper("review", dict(words)))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"].lower().startswith("en")


def test_every_copy_taken_is_in_the_trail(world: World) -> None:
    review = shared_review(world)
    printed_words_of(review, Copy.OUTER, world, by="esi")
    entry = Entry.objects.get(act=Act.EXPORTED, reference=review.reference)
    assert (entry.actor, entry.note, entry.within) == (world.esi, "outer copy", "C-0142")


def test_esi_takes_no_inner_copy_and_ben_no_outer_one(world: World) -> None:
    review = shared_review(world)
    for copy, person in ((Copy.INNER, world.esi), (Copy.OUTER, world.ben), (Copy.OUTER, world.oz)):
        with pytest.raises(PermissionDenied):
            copy_of_review(review, copy=copy, by=person, at=world.now)
    assert not Entry.objects.filter(act=Act.EXPORTED).exists()


def test_before_it_is_shared_only_who_runs_it_takes_a_copy(world: World) -> None:
    review = written_review(world)
    assert printed_words_of(review, Copy.OUTER, world)
    for copy, person in ((Copy.OUTER, world.esi), (Copy.INNER, world.ben)):
        with pytest.raises(Refused, match="no copy of this review yet"):
            copy_of_review(review, copy=copy, by=person, at=world.now)
