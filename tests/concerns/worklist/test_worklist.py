"""What waits for whom on the home page, and what came of it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from accounts.models import User
from concerns.choices import Feedback, Level, Outcome
from concerns.concern.models import Concern
from concerns.drill.operations import start_drill
from concerns.engine.operations import fire_due_concerns
from concerns.handling.operations import answer_concern, close_concern, give_feedback, pass_to_queue
from concerns.handling.promise_operations import acknowledge_concern
from concerns.low_level.models import month_before
from concerns.low_level.operations import review_month
from concerns.raising.operations import raise_concern
from concerns.worklist import concerns_at_the_end, work_of
from concerns.worklist.own import own_work_of
from core.worktime import LONDON
from tests.concerns.engine.raising import WORDS, worry
from tests.concerns.engine.test_failures import staff_norfolk
from tests.concerns.rota.on_call import put_on_call
from tests.world import World

HOUR = timedelta(hours=1)


def titles(person: User, world: World) -> list[str]:
    return [item.title for item in work_of(person, world.now)]


def answered_concern(world: World) -> Concern:
    concern = acknowledge_concern(worry(world), until=world.now + HOUR, by=world.esi, at=world.now)
    return answer_concern(concern, outcome=Outcome.VISIT, answer="Visited.", by=world.esi, at=world.now)


def test_esi_oz_and_ivor_are_shown_what_nobody_in_their_queue_has(world: World) -> None:
    concern = worry(world)
    for person in (world.esi, world.oz, world.ivor):
        [item] = work_of(person, world.now)
        assert item.url == concern.get_absolute_url()
        assert item.due_at == world.now + 2 * HOUR
        assert item.must_act
        assert item.detail == f"Urgent · {concern.reference}"


def test_once_esi_has_it_oz_is_not_shown_it_and_ann_still_is(world: World) -> None:
    acknowledge_concern(worry(world), until=world.now + HOUR, by=world.esi, at=world.now)
    assert titles(world.oz, world) == []
    assert titles(world.ann, world) == ["A concern nobody at the charity has yet"]


def test_lou_max_gil_and_ben_are_shown_nothing(world: World) -> None:
    worry(world)
    for person in (world.lou, world.max, world.gil, world.ben, world.pat, world.jo):
        assert titles(person, world) == []


def test_a_worry_not_in_the_queue_waits_for_ann_alone(world: World) -> None:
    worry(world, Level.LOG)
    assert titles(world.ann, world) == ["A concern nobody at the charity has yet"]
    assert titles(world.esi, world) == []
    assert not work_of(world.ann, world.now)[0].must_act


def test_one_passed_on_waits_for_esi(world: World) -> None:
    pass_to_queue(worry(world, Level.PRIORITY), by=world.ann, at=world.now)
    assert titles(world.esi, world) == ["A concern nobody has yet"]


def test_an_answered_one_waits_for_ann_to_tell_ben_and_then_to_finish_it(world: World) -> None:
    concern = answered_concern(world)
    assert titles(world.ann, world) == ["Answered: tell the volunteer"]
    assert titles(world.esi, world) == []
    give_feedback(concern, feedback=Feedback.SPOKEN, by=world.ann, at=world.now)
    assert titles(world.ann, world) == ["Answered: finish it"]
    close_concern(concern, by=world.ann, at=world.now)
    assert titles(world.ann, world) == []


def test_fay_hana_and_kit_are_shown_what_ann_has_not_answered_in_time(world: World) -> None:
    put_on_call(
        world,
        world.fay,
        telephone="01632 960 111",
        starts_at=world.now,
        ends_at=world.now + timedelta(days=30),
        at=world.now,
    )
    for queue in (world.queue, world.norfolk):
        start_drill(queue, by=world.hana, at=world.now)
    last_month = month_before(world.now.astimezone(LONDON).date())
    review_month(month=last_month, words="Nothing stands out.", by=world.fay, at=world.now)
    staff_norfolk(world)
    worry(world)
    assert titles(world.hana, world) == []
    for minutes in (30, 60):
        fire_due_concerns(at=world.now + timedelta(minutes=minutes))
    for person in (world.fay, world.hana, world.kit):
        assert titles(person, world) == ["Nobody has answered this in time"]


def test_ann_is_not_asked_to_take_on_what_she_raised(world: World) -> None:
    raise_concern(world.ely, submit_key=uuid4(), level=Level.URGENT, words=WORDS, by=world.ann, at=world.now)
    assert titles(world.ann, world) == []


def test_ben_reads_what_came_of_his_worry_for_a_month_and_tom_never(world: World) -> None:
    give_feedback(answered_concern(world), feedback=Feedback.NO_MORE, by=world.ann, at=world.now)
    [item] = own_work_of(world.ben, world.now + timedelta(days=29)).news
    assert item.detail == Feedback.NO_MORE.label
    assert item.url.endswith("/receipt/")
    assert own_work_of(world.ben, world.now + timedelta(days=31)).news == []
    assert own_work_of(world.tom, world.now).news == []


def test_a_ladder_run_out_at_the_agencies_is_red_though_ann_has_it(world: World) -> None:
    concern = acknowledge_concern(worry(world), until=world.now + 4 * HOUR, by=world.ann, at=world.now)
    for hours in (2, 4):
        fire_due_concerns(at=world.now + hours * HOUR)
    assert not concerns_at_the_end(world.now + 4 * HOUR).contains(concern)
    fire_due_concerns(at=world.now + 5 * HOUR)
    assert concerns_at_the_end(world.now + 5 * HOUR).contains(concern)


def test_a_promise_kept_waiting_is_not_red_before_it_passes_at_the_last_rung(world: World) -> None:
    concern = worry(world)
    for minutes in (30, 60, 120):
        fire_due_concerns(at=world.now + timedelta(minutes=minutes))
    acknowledge_concern(concern, until=world.now + 3 * HOUR, by=world.hana, at=world.now + 2 * HOUR)
    acknowledge_concern(concern, until=world.now + 6 * HOUR, by=world.esi, at=world.now + 2 * HOUR)
    assert not concerns_at_the_end(world.now + 2 * HOUR).contains(concern)
    fire_due_concerns(at=world.now + 3 * HOUR)
    assert concerns_at_the_end(world.now + 3 * HOUR).contains(concern)
