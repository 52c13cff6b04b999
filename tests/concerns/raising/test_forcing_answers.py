"""An answer in the log that must be passed on is somebody's business from the moment it is saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from alerts.message.models import Alert
from circles.forcing_answer.models import TIME_FOR_WRITER, TIME_FOR_WRITER_IF_SMALL, ForcingAnswer
from circles.log.operations import missing_answers_of, submit_minutes
from circles.minutes.beginning_operations import start_log
from circles.minutes.models import Minutes
from circles.minutes.questions import forcing_questions
from circles.worklist import work_of
from concerns.choices import Kind, Level
from concerns.concern.models import Concern
from concerns.raising.forcing_answer_operations import KINDS_OF_ANSWER, pass_on_forgotten_answers
from concerns.raising.operations import raise_concern
from concerns.watch.reconcile import reconcile
from concerns.watch.sweep import sweep
from core.errors import Refused
from tests.circles.log.writing import save_minutes, write
from tests.examples import with_examples
from tests.world import World

AsPerson = Callable[[User], Client]
MINUTE = timedelta(minutes=1)

EACH = [
    ("wellbeing", {"wellbeing": "thoughts"}, Level.URGENT),
    ("wellbeing", {"wellbeing": "plan"}, Level.URGENT),
    ("licence", {"licence": "possible_breach"}, Level.URGENT),
    ("children_contact", {"children": "yes", "children_contact": "yes"}, Level.URGENT),
    ("worry", {"worry": "now", "worry_words": "A new telephone."}, Level.URGENT),
]


def begin_log_with(world: World, at: datetime | None = None, **answers: str) -> Minutes:
    """The log begun, with these answers saved and nothing else done."""
    start_log(world.meeting, by=world.ben, at=world.now)
    return save_minutes(world.meeting, answers=answers, by=world.ben, at=at or world.now)  # type: ignore[arg-type]


def address(world: World, field: str) -> str:
    return f"{reverse('concerns:worry', args=['C-0142'])}?meeting={world.meeting.reference}&answer={field}"


def send_worry(world: World, ben: Client, field: str = "", **more: object) -> Concern:
    """Ben sends the form, from the answer or from the meeting alone."""
    given = {"submit_key": str(uuid4()), "level": "priority", "words": "What he said tonight.", **more}
    ben.post(address(world, field), given)
    return Concern.objects.latest("pk")


def fields_open(world: World) -> list[str]:
    return sorted(ForcingAnswer.objects.still_open().values_list("field", flat=True))


def test_each_field_that_asks_for_a_concern_is_one_the_concern_knows() -> None:
    assert set(KINDS_OF_ANSWER) == set(forcing_questions())


def test_a_small_worry_sent_first_does_not_answer_for_a_plan_to_harm_himself(world: World, as_person: AsPerson) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    ben = as_person(world.ben)
    given = {"submit_key": str(uuid4()), "worry": "small", "words": "He was late and would not say why."}
    ben.post(reverse("concerns:raise_from_log", args=[world.meeting.reference]), given)
    meeting = write(world.meeting, by=world.ben, at=world.now, worry="small", wellbeing="plan")
    assert [missing.field for missing in missing_answers_of(meeting)] == ["wellbeing"]
    with pytest.raises(Refused, match="harming himself must be passed on"):
        submit_minutes(meeting, by=world.ben, at=world.now)


def test_one_concern_does_not_settle_three_answers(world: World, as_person: AsPerson) -> None:
    begin_log_with(world, wellbeing="plan", licence="possible_breach", children="yes", children_contact="yes")
    send_worry(world, as_person(world.ben), "wellbeing")
    assert fields_open(world) == ["children_contact", "licence"]


def test_a_concern_about_low_mood_settles_nothing(world: World, as_person: AsPerson) -> None:
    begin_log_with(world, wellbeing="plan")
    send_worry(world, as_person(world.ben), kinds=["mood"])
    assert fields_open(world) == ["wellbeing"]


def test_a_concern_of_its_kind_settles_an_answer_whenever_it_was_sent(world: World, as_person: AsPerson) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    send_worry(world, as_person(world.ben), kinds=["self_harm"])
    begin_log_with(world, wellbeing="thoughts")
    assert fields_open(world) == []


def test_thoughts_that_became_a_plan_are_news(world: World, as_person: AsPerson) -> None:
    begin_log_with(world, wellbeing="thoughts")
    send_worry(world, as_person(world.ben), "wellbeing")
    begin_log_with(world, wellbeing="plan")
    assert fields_open(world) == ["wellbeing"]
    begin_log_with(world, wellbeing="thoughts")
    assert fields_open(world) == []


def test_the_form_opened_for_an_answer_says_so_and_has_its_kind_ticked(world: World, as_person: AsPerson) -> None:
    begin_log_with(world, wellbeing="plan")
    body = as_person(world.ben).get(address(world, "wellbeing")).content.decode()
    assert "A plan to harm himself" in body
    box = next(tag for tag in body.split("<input") if 'value="self_harm"' in tag)
    assert "checked" in box.partition(">")[0]


@pytest.mark.parametrize("field", ["nonsense", "mood", "licence"])
def test_an_answer_that_is_not_there_changes_nothing_about_the_form(
    world: World, as_person: AsPerson, field: str
) -> None:
    begin_log_with(world, wellbeing="plan")
    assert "A plan to harm himself" not in as_person(world.ben).get(address(world, field)).content.decode()


@pytest.mark.parametrize(("field", "answers", "level"), EACH)
def test_ticking_it_and_leaving_reaches_people_all_the_same(
    world: World, field: str, answers: dict[str, str], level: Level
) -> None:
    begin_log_with(world, **answers)
    sweep(at=world.now + TIME_FOR_WRITER - MINUTE)
    assert not Concern.objects.exists()
    sweep(at=world.now + TIME_FOR_WRITER)
    concern = Concern.objects.get()
    assert (concern.level, concern.raised_by, concern.meeting) == (level, world.ben, world.meeting)
    assert ForcingAnswer.objects.get().passed_on_as == concern.reference
    told = set(Alert.objects.filter(key__startswith=f"{concern.reference}:").values_list("recipient__email", flat=True))
    assert {"ann@example.org", "esi@example.org", "ben@example.org"} <= told
    assert set(KINDS_OF_ANSWER[field][:1]) <= {Kind(kind) for kind in concern.kinds}


def test_a_small_worry_left_in_the_log_waits_four_hours_and_is_passed_on_with_its_words(world: World) -> None:
    begin_log_with(world, worry="small", worry_words="He has a new telephone.")
    pass_on_forgotten_answers(at=world.now + TIME_FOR_WRITER_IF_SMALL - MINUTE)
    assert not Concern.objects.exists()
    pass_on_forgotten_answers(at=world.now + TIME_FOR_WRITER_IF_SMALL)
    concern = Concern.objects.get()
    assert concern.level == Level.PRIORITY
    assert "He has a new telephone." in concern.words
    assert Minutes.objects.get().worry_sent_as == concern.reference
    assert missing_answers_of(world.meeting)[0].field != "worry"


def test_passing_on_twice_is_one_concern(world: World) -> None:
    begin_log_with(world, wellbeing="plan")
    late = world.now + timedelta(hours=1)
    assert pass_on_forgotten_answers(at=late) == 1
    ForcingAnswer.objects.update(passed_on_at=None, passed_on_as="")
    pass_on_forgotten_answers(at=late)
    assert Concern.objects.count() == 1


def test_an_answer_taken_back_in_time_reaches_nobody_and_is_kept(world: World) -> None:
    begin_log_with(world, wellbeing="plan")
    begin_log_with(world, world.now + MINUTE, wellbeing="none")
    pass_on_forgotten_answers(at=world.now + timedelta(days=1))
    assert not Concern.objects.exists()
    assert ForcingAnswer.objects.get().withdrawn_at == world.now + MINUTE


def test_an_answer_that_grows_worse_has_no_longer_than_before(world: World) -> None:
    begin_log_with(world, wellbeing="thoughts")
    begin_log_with(world, world.now + 9 * MINUTE, wellbeing="plan")
    assert ForcingAnswer.objects.still_open().get().due_at == world.now + TIME_FOR_WRITER


def test_it_stands_first_on_bens_own_page_and_on_anns(world: World) -> None:
    begin_log_with(world, wellbeing="plan")
    own, hers = work_of(world.ben, world.now)[0], work_of(world.ann, world.now)[0]
    assert own.title == "Pass this on now. His wellbeing: A plan to harm himself"
    assert "answer=wellbeing" in own.url
    assert hers.title == "Ben’s log says: His wellbeing: A plan to harm himself"
    assert own.must_act
    assert hers.must_act
    for elsewhere in [world.pat, world.dev, world.esi, world.gil]:
        assert "plan to harm" not in str(work_of(elsewhere, world.now))


def test_continue_leads_to_the_concern_once_and_then_on(world: World, as_person: AsPerson) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    ben, four = as_person(world.ben), reverse("circles:log_page", args=[world.meeting.reference, 4])
    first = ben.post(four, {"wellbeing": "plan", "children": "no"})
    assert "answer=wellbeing" in first.url
    assert "answer=" not in ben.post(four, {"wellbeing": "plan", "children": "no"}).url
    assert "answer=wellbeing" in ben.post(four, {"wellbeing": "plan", "pass_on": "wellbeing"}).url


def worry_of_ben(world: World, **more: object) -> Concern:
    return raise_concern(
        world.ely,
        submit_key=uuid4(),
        level=Level.LOG,
        words="He wants to end it.",
        meeting=world.meeting,
        by=world.ben,
        at=world.now,
        **more,  # type: ignore[arg-type]
    )


def say_already(world: World, client: Client, concern: Concern, field: str = "wellbeing") -> int:
    where = f"{reverse('concerns:said_already', args=[concern.reference])}?meeting={world.meeting.reference}"
    return client.post(where, {"answer": field}).status_code


def test_ben_says_in_one_tap_that_his_worry_was_about_it_and_it_grows_as_urgent(
    world: World, as_person: AsPerson
) -> None:
    concern = worry_of_ben(world)
    begin_log_with(world, wellbeing="plan")
    ben = as_person(world.ben)
    shown = ben.get(f"{reverse('concerns:raise')}?circle=C-0142&meeting={world.meeting.reference}&answer=wellbeing")
    assert f"add the answer to {concern.reference}" in shown.content.decode()
    assert say_already(world, ben, concern) == 302
    concern.refresh_from_db()
    assert (concern.level, concern.kinds) == (Level.URGENT, ["self_harm"])
    assert fields_open(world) == []
    assert Alert.objects.filter(recipient=world.esi, key__startswith=f"{concern.reference}:").exists()


def test_nobody_but_its_author_says_so(world: World, as_person: AsPerson) -> None:
    concern = worry_of_ben(world)
    begin_log_with(world, wellbeing="plan")
    assert say_already(world, as_person(world.tom), concern) == 404
    refused = as_person(world.ann).post(
        f"{reverse('concerns:said_already', args=[concern.reference])}?meeting={world.meeting.reference}",
        {"answer": "wellbeing"},
        follow=True,
    )
    assert "Only what you sent from this log" in refused.content.decode()
    assert fields_open(world) == ["wellbeing"]


def test_the_watcher_says_when_an_answer_was_left(world: World) -> None:
    begin_log_with(world, wellbeing="plan")
    late = world.now + TIME_FOR_WRITER + 3 * MINUTE
    assert "1 answers of logs wait to be passed on" in reconcile(at=late)
    pass_on_forgotten_answers(at=late)
    assert "1 answers of logs wait to be passed on" not in reconcile(at=late)


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "wellbeing": st.sampled_from(["", "none", "low_mood", "thoughts", "plan"]),
        "licence": st.sampled_from(["", "none", "discussed", "possible_breach"]),
        "children": st.sampled_from(["", "no", "yes"]),
        "children_contact": st.sampled_from(["", "no", "yes"]),
        "worry": st.sampled_from(["", "no", "small", "now"]),
    },
)


@given(st.lists(VALUES, max_size=6))
@with_examples(15)
def test_whatever_is_saved_in_whatever_order_every_answer_that_stands_is_passed_on_within_hours(
    world: World, saves: list[dict[str, str]]
) -> None:
    with transaction.atomic():
        for minute, answers in enumerate(saves):
            begin_log_with(world, world.now + minute * MINUTE, **answers)
        pass_on_forgotten_answers(at=world.now + timedelta(hours=5))
        minutes = Minutes.objects.filter(meeting=world.meeting).first() or Minutes()
        stands = {
            Kind.SELF_HARM: minutes.wellbeing in {"thoughts", "plan"},
            Kind.LICENCE: minutes.licence == "possible_breach",
            Kind.CHILD_CONTACT: minutes.children == "yes" and minutes.children_contact == "yes",
        }
        about = {kind for concern in Concern.objects.all() for kind in concern.kinds}
        assert {kind for kind, holds in stands.items() if holds} <= about
        assert fields_open(world) == []
        transaction.set_rollback(True)
