"""What volunteers hear back: a safe sentence, a reason why not, no news yet; and how many did."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from alerts.message.models import Alert, Channel
from concerns.choices import Feedback, Level, Outcome, Withheld
from concerns.concern.models import Concern
from concerns.figures.feedback import feedback_figure
from concerns.handling.merge_operations import merge_concern
from concerns.handling.operations import answer_concern, close_concern, give_feedback, withhold_feedback
from concerns.handling.promise_operations import acknowledge_concern
from concerns.handling.reopen_operations import reopen_concern
from concerns.ladder.models import working_time
from concerns.raising.operations import raise_concern
from concerns.raising.tellings import NO_NEWS
from concerns.watch.sweep import sweep
from concerns.worklist import work_of
from concerns.worklist.own import own_work_of
from core.errors import Refused
from core.worklist import WorkItem
from core.worktime import WORKING_DAY
from tests.concerns.engine.raising import WORDS, ended_in_error, story, worry
from tests.concerns.reading import HOUR, As, address_of, concern_by, page_of
from tests.world import World

DAY = timedelta(days=1)
FORTNIGHT = 14 * DAY
SAID = "No news yet: whoever raised it was told so"


def answered_concern(world: World, concern: Concern | None = None) -> Concern:
    concern = acknowledge_concern(concern or worry(world), until=world.now + HOUR, by=world.fay, at=world.now)
    return answer_concern(concern, outcome=Outcome.VISIT, answer="Visited.", by=world.fay, at=world.now)


def count_no_news(concern: Concern) -> int:
    key = f"{concern.reference}:no_news:"
    return Alert.objects.filter(key__startswith=key, channel=Channel.INBOX).count()


def test_ben_hears_every_fortnight_that_there_is_no_news_and_not_twice(world: World, as_person: As) -> None:
    concern = worry(world, at=world.now - FORTNIGHT)
    sweep(at=world.now - timedelta(minutes=1))
    assert count_no_news(concern) == 0
    for _ in range(3):
        sweep(at=world.now)
    assert (count_no_news(concern), story(concern).count(SAID)) == (1, 1)
    page = page_of(as_person, world.ben, address_of(concern, "receipt/"))
    assert NO_NEWS in page
    assert [item.detail for item in own_work_of(world.ben, world.now).news] == [NO_NEWS]
    sweep(at=world.now + FORTNIGHT - DAY)
    assert count_no_news(concern) == 1
    sweep(at=world.now + FORTNIGHT)
    assert (count_no_news(concern), story(concern).count(SAID)) == (2, 2)


def test_tom_whose_worry_was_joined_to_bens_hears_too_and_once_both_are_told_neither_does(world: World) -> None:
    bens, toms, umas = (joining(world, each) for each in (world.ben, world.tom, world.uma))
    merge_concern(umas, into=toms, reason="One thing.", by=world.fay, at=world.now - DAY)
    merge_concern(toms, into=bens, reason="One thing.", by=world.fay, at=world.now - DAY)
    sweep(at=world.now)
    assert [count_no_news(each) for each in (bens, toms, umas)] == [1, 1, 1]
    assert [item.detail for item in own_work_of(world.tom, world.now).news] == [NO_NEWS]
    give_feedback(answered_concern(world, bens), feedback=Feedback.SPOKEN, by=world.fay, at=world.now)
    sweep(at=world.now + 2 * FORTNIGHT)
    assert [count_no_news(each) for each in (bens, toms, umas)] == [1, 1, 1]
    assert [item.detail for item in own_work_of(world.tom, world.now).news] == [Feedback.SPOKEN.label]


def test_where_the_agency_asked_that_nothing_be_said_tom_who_was_joined_to_ben_hears_nothing_either(
    world: World,
) -> None:
    bens, toms = joining(world, world.ben), joining(world, world.tom)
    merge_concern(toms, into=bens, reason="One thing.", by=world.fay, at=world.now - DAY)
    withhold_feedback(bens, why=Withheld.ASKED, by=world.fay, at=world.now - DAY)
    sweep(at=world.now)
    assert [count_no_news(each) for each in (bens, toms)] == [0, 0]


def joining(world: World, person: User) -> Concern:
    """A fortnight old, by one of Ely."""
    return raise_concern(
        world.ely, submit_key=uuid4(), level=Level.URGENT, words=WORDS, by=person, at=world.now - FORTNIGHT
    )


def test_a_sentence_in_between_puts_no_news_off_and_the_last_word_ends_it(world: World) -> None:
    concern = acknowledge_concern(
        worry(world, at=world.now - FORTNIGHT),
        until=world.now - FORTNIGHT + HOUR,
        by=world.fay,
        at=world.now - FORTNIGHT,
    )
    give_feedback(concern, feedback=Feedback.PASSED_ON, by=world.fay, at=world.now - DAY)
    sweep(at=world.now)
    assert count_no_news(concern) == 0
    sweep(at=world.now + 13 * DAY)
    assert count_no_news(concern) == 1
    answer_concern(concern, outcome=Outcome.VISIT, answer="Visited.", by=world.fay, at=world.now + 13 * DAY)
    give_feedback(concern, feedback=Feedback.SPOKEN, by=world.fay, at=world.now + 13 * DAY)
    sweep(at=world.now + 5 * FORTNIGHT)
    assert count_no_news(concern) == 1


def test_no_news_is_for_volunteers_with_an_open_concern_who_may_be_told(world: World) -> None:
    concern = concern_by(world, world.ann)
    ended = ended_in_error(world, worry(world))
    silent = answered_concern(world)
    withhold_feedback(silent, why=Withheld.ASKED, by=world.ann, at=world.now)
    sweep(at=world.now + 2 * FORTNIGHT)
    assert [count_no_news(each) for each in (concern, ended, silent)] == [0, 0, 0]


def test_a_concern_closes_with_a_sentence_or_a_reason_and_with_neither_not(world: World) -> None:
    concern = answered_concern(world)
    with pytest.raises(Refused, match="Tell the volunteer"):
        close_concern(concern, by=world.ann, at=world.now)
    withhold_feedback(concern, why=Withheld.GONE, by=world.ann, at=world.now)
    assert close_concern(concern, by=world.ann, at=world.now).status == Concern.Status.CLOSED
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.filter(pk=concern.pk).update(withheld="", withheld_at=None, withheld_by=None)


def test_telling_ben_after_all_undoes_the_reason_and_the_other_way_is_refused(world: World) -> None:
    concern = answered_concern(world)
    withhold_feedback(concern, why=Withheld.ASKED, by=world.ann, at=world.now)
    told = give_feedback(concern, feedback=Feedback.SPOKEN, by=world.ann, at=world.now)
    assert (told.feedback, told.withheld, told.withheld_at) == (Feedback.SPOKEN, "", None)
    with pytest.raises(Refused, match="told already"):
        withhold_feedback(concern, why=Withheld.ASKED, by=world.ann, at=world.now)


def test_taken_up_again_it_must_be_settled_anew(world: World) -> None:
    concern = answered_concern(world)
    withhold_feedback(concern, why=Withheld.ASKED, by=world.ann, at=world.now)
    assert not reopen_concern(concern, reason="He rang.", by=world.ann, at=world.now).is_feedback_settled


def work_waiting_for(world: World, name: str, at: datetime | None = None) -> list[WorkItem]:
    return work_of(world.people[name], at or world.now)


def test_ann_has_two_working_days_to_tell_ben_and_then_hana_hears_of_it(world: World) -> None:
    concern = answered_concern(world)
    due = working_time().add(world.now, 2 * WORKING_DAY)
    [item] = work_waiting_for(world, "ann")
    assert (item.title, item.due_at) == ("Answered: tell the volunteer", due)
    late = "Answered: the volunteer is not told"
    assert late not in [item.title for item in work_waiting_for(world, "hana", due - HOUR)]
    assert late in [item.title for item in work_waiting_for(world, "hana", due)]
    withhold_feedback(concern, why=Withheld.ASKED, by=world.ann, at=world.now)
    assert late not in [item.title for item in work_waiting_for(world, "hana", due)]


def test_where_it_is_about_ann_those_who_lead_are_to_tell_ben_at_once(world: World) -> None:
    answered_concern(world, concern_by(world, world.ben, about=world.ann))
    assert "Answered: the volunteer is not told" in [item.title for item in work_waiting_for(world, "hana")]
    assert work_waiting_for(world, "ann") == []


def test_a_person_is_wanted_within_a_working_day_even_where_the_ladder_waits_longer(world: World) -> None:
    worry(world, Level.LOG)
    [item] = work_waiting_for(world, "ann")
    assert item.due_at is not None
    assert item.due_at <= working_time().add(world.now, WORKING_DAY)


def test_the_figure_counts_volunteers_concerns_of_thirteen_weeks(world: World, as_person: As) -> None:
    at = world.now
    for days, told_after in [(1, 2), (2, 10), (3, 4), (100, 1)]:
        concern = answered_concern(world, worry(world, at=at - timedelta(days=days)))
        give_feedback(concern, feedback=Feedback.SPOKEN, by=world.fay, at=at - timedelta(days=days) + told_after * HOUR)
    withhold_feedback(answered_concern(world), why=Withheld.GONE, by=world.fay, at=at)
    worry(world, at=at - HOUR)
    ended_in_error(world, worry(world))
    concern_by(world, world.ann)
    found = feedback_figure(world.hana, at=at)
    assert (found.raised, found.told, found.withheld, found.due, found.share) == (5, 3, 1, 1, 60)
    assert found.to_feedback == 4 * HOUR
    page = page_of(as_person, world.hana, "/concerns/figures/")
    for part in ("n = 5", "60 %", "(3 of 5)", "4 h (n = 3)", "What is counted"):
        assert part in page


def test_of_nothing_there_is_no_share(world: World, as_person: As) -> None:
    assert feedback_figure(world.hana, at=world.now).share is None
    assert "raised no concern" in page_of(as_person, world.hana, "/concerns/figures/")


def test_what_is_about_hana_is_in_no_figure_of_hers(world: World) -> None:
    concern_by(world, world.ben, about=world.hana)
    assert feedback_figure(world.hana, at=world.now + HOUR).raised == 0
    assert feedback_figure(world.fay, at=world.now + HOUR).raised == 1


def test_ben_reads_why_nothing_more_nowhere(world: World, as_person: As) -> None:
    concern = answered_concern(world)
    withhold_feedback(concern, why=Withheld.ASKED, by=world.ann, at=world.now)
    assert "agency asked" not in page_of(as_person, world.ben, address_of(concern, "receipt/"))
    assert "The agency asked that nothing be said." in page_of(as_person, world.ann, address_of(concern))
    assert WORDS in page_of(as_person, world.ann, address_of(concern))
