"""Quiet hours, the evening's one message, and what no choice of anybody's holds back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from alerts.hours.models import Preference
from alerts.hours.operations import choose_hours, sending_hour_of
from alerts.message.models import Alert, Channel, Urgency, Wording
from alerts.outbox.operations import queue_alert, send_due
from core.errors import Refused
from core.worktime import LONDON
from tests.examples import with_examples
from tests.smtp_server import letterbox
from tests.world import World

As = Callable[[User], Client]
EVENING = datetime(2027, 3, 1, 22, 30, tzinfo=LONDON)
MORNING = datetime(2027, 3, 2, 7, 0, tzinfo=LONDON)
NOON = datetime(2027, 3, 2, 12, 0, tzinfo=LONDON)
NEEDED, NEWS = Wording.SOMETHING_NEEDS_YOU, Wording.THERE_IS_NEWS


def queue(to: User, urgency: Urgency, wording: Wording, at: datetime, key: str = "q") -> Alert | None:
    queue_alert(key=key, to=[to], urgency=urgency, wording=wording, link="/", at=at)
    return Alert.objects.filter(key=key, channel=Channel.EMAIL, recipient=to).first()


def names_mailed_at(at: datetime) -> list[str]:
    mail.outbox.clear()
    send_due(at=at)
    return [message.to[0].split("@")[0] for message in mail.outbox]


def test_e31_in_quiet_hours_routine_waits_and_urgent_does_not_and_both_say_so(world: World) -> None:
    routine = queue(world.ann, Urgency.ROUTINE, NEEDED, EVENING)
    urgent = queue(world.pat, Urgency.URGENT, NEEDED, EVENING)
    assert names_mailed_at(EVENING) == ["pat"]
    assert names_mailed_at(MORNING - timedelta(seconds=1)) == []
    assert names_mailed_at(MORNING) == ["ann"]
    assert routine is not None
    assert urgent is not None
    assert routine.in_quiet_hours
    assert urgent.in_quiet_hours
    assert routine.next_attempt_at == MORNING


def test_e31_immediate_waits_for_nothing(world: World) -> None:
    queue(world.ann, Urgency.IMMEDIATE, NEEDED, EVENING)
    assert names_mailed_at(EVENING) == ["ann"]


def test_the_inbox_is_never_quiet(world: World) -> None:
    queue(world.ann, Urgency.ROUTINE, NEEDED, EVENING)
    assert Alert.objects.get(channel=Channel.INBOX, key="q").sent_at == EVENING


def test_e12_quiet_ends_at_seven_in_london_in_summer_too(world: World) -> None:
    summer = datetime(2027, 7, 1, 23, 0, tzinfo=LONDON)
    waits = queue(world.ann, Urgency.ROUTINE, NEEDED, summer)
    assert waits is not None
    assert waits.next_attempt_at.astimezone(LONDON).hour == 7
    assert waits.next_attempt_at.astimezone(LONDON).day == 2


def test_e13_quiet_over_the_clock_change_ends_at_seven_by_the_clock(world: World) -> None:
    saturday = datetime(2027, 3, 27, 23, 0, tzinfo=LONDON)
    waits = queue(world.ann, Urgency.ROUTINE, NEEDED, saturday)
    assert waits is not None
    assert waits.next_attempt_at.astimezone(LONDON).hour == 7
    assert waits.next_attempt_at - saturday == timedelta(hours=7)


def test_anns_own_quiet_hours_are_hers(world: World) -> None:
    choose_hours(news=Preference.News.EACH, quiet_from=time(13), quiet_to=time(14), by=world.ann, at=NOON)
    queue(world.ann, Urgency.ROUTINE, NEEDED, EVENING)
    assert names_mailed_at(EVENING) == ["ann"]
    queue(world.ann, Urgency.ROUTINE, NEEDED, NOON + timedelta(hours=1, minutes=30), key="later")
    assert names_mailed_at(NOON + timedelta(hours=1, minutes=59)) == []
    assert names_mailed_at(NOON + timedelta(hours=2)) == ["ann"]


def test_the_days_news_is_one_message_in_the_evening(world: World) -> None:
    for hour in range(3):
        queue(world.ann, Urgency.ROUTINE, NEWS, NOON + timedelta(hours=hour), key=f"news:{hour}")
    queue(world.pat, Urgency.ROUTINE, NEWS, NOON)
    six = NOON + timedelta(hours=6)
    assert names_mailed_at(six - timedelta(minutes=1)) == []
    assert sorted(names_mailed_at(six)) == ["ann", "pat"]
    states = Alert.objects.filter(recipient=world.ann, channel=Channel.EMAIL).values_list("state", flat=True)
    assert sorted(states) == ["sent", "stopped", "stopped"]
    assert names_mailed_at(six + timedelta(days=1)) == []


def test_the_evenings_message_waits_for_the_end_of_her_quiet_hours_too(world: World) -> None:
    choose_hours(news=Preference.News.DAILY, quiet_from=time(8), quiet_to=time(20), by=world.ann, at=NOON)
    queue(world.ann, Urgency.ROUTINE, NEWS, NOON)
    assert names_mailed_at(NOON + timedelta(hours=7, minutes=59)) == []
    assert names_mailed_at(NOON + timedelta(hours=8)) == ["ann"]


@given(
    st.times(min_value=time(0), max_value=time(23, 59)),
    st.times(min_value=time(0), max_value=time(23, 59)),
    st.sampled_from(list(Preference.News)),
    st.sampled_from([NEWS, NEEDED]),
    st.integers(min_value=0, max_value=60 * 24 * 3),
)
@with_examples(50)
def test_nothing_routine_is_ever_planned_for_somebodys_quiet_hours(
    quiet_from: time, quiet_to: time, news: Preference.News, wording: Wording, minute: int
) -> None:
    preference = Preference(news=news, quiet_from=quiet_from, quiet_to=quiet_to)
    at = NOON + timedelta(minutes=minute)
    hour = sending_hour_of(preference, channel=Channel.EMAIL, urgency=Urgency.ROUTINE, wording=wording, at=at)
    assert hour is None or preference.quiet_until(hour.at) is None
    assert hour is None or hour.at >= at


def test_no_message_counts_as_told_in_another_that_nobody_got(world: World) -> None:
    for number in range(3):
        queue(world.ann, Urgency.ROUTINE, NEWS, NOON, key=f"news:{number}")
    six = NOON + timedelta(hours=6)
    with letterbox(ann="550 no such mailbox") as box:
        send_due(at=six)
        assert box.names == []
    mine = Alert.objects.filter(recipient=world.ann, channel=Channel.EMAIL)
    assert sorted(mine.values_list("state", flat=True)) == ["failed", "failed", "failed"]


def test_what_folds_is_told_by_the_message_that_went_and_not_before(world: World) -> None:
    for number in range(3):
        queue(world.ann, Urgency.ROUTINE, NEWS, NOON, key=f"news:{number}")
    six = NOON + timedelta(hours=6)
    with letterbox(ann="451 later"):
        send_due(at=six)
    mine = Alert.objects.filter(recipient=world.ann, channel=Channel.EMAIL)
    assert set(mine.values_list("state", flat=True)) == {"queued"}
    with letterbox() as box:
        send_due(at=six + timedelta(minutes=1))
        assert len(box.messages) == 1
    assert sorted(mine.values_list("state", flat=True)) == ["sent", "stopped", "stopped"]


def test_the_evenings_message_is_not_given_up_for_having_waited_for_the_evening(world: World) -> None:
    queue(world.ann, Urgency.ROUTINE, NEWS, NOON + timedelta(hours=6, minutes=1))
    evening = NOON + timedelta(hours=30)
    with letterbox(ann="451 later"):
        send_due(at=evening + timedelta(minutes=5))
    assert Alert.objects.get(recipient=world.ann, channel=Channel.EMAIL).state == Alert.State.QUEUED


def test_what_needs_her_is_not_folded_into_the_news(world: World) -> None:
    queue(world.ann, Urgency.ROUTINE, NEWS, NOON, key="news")
    queue(world.ann, Urgency.ROUTINE, NEEDED, NOON, key="needed")
    assert names_mailed_at(NOON) == ["ann"]
    assert names_mailed_at(NOON + timedelta(hours=6)) == ["ann"]


def test_news_for_each_comes_at_once_by_day(world: World) -> None:
    choose_hours(news=Preference.News.EACH, quiet_from=time(21), quiet_to=time(7), by=world.ann, at=NOON)
    queue(world.ann, Urgency.ROUTINE, NEWS, NOON)
    assert names_mailed_at(NOON) == ["ann"]


@pytest.mark.parametrize("urgency", list(Urgency))
def test_e27_ann_who_wants_no_news_is_still_told_what_needs_her_and_the_others_their_news(
    world: World, urgency: Urgency
) -> None:
    choose_hours(news=Preference.News.NONE, quiet_from=time(21), quiet_to=time(7), by=world.ann, at=NOON)
    queue_alert(key="n", to=[world.ann, world.pat], urgency=Urgency.ROUTINE, wording=NEWS, link="/", at=NOON)
    assert names_mailed_at(NOON + timedelta(hours=6)) == ["pat"]
    assert Alert.objects.filter(key="n", recipient=world.ann, channel=Channel.INBOX).exists()
    queue(world.ann, urgency, NEEDED, NOON + timedelta(days=1), key="s")
    assert names_mailed_at(NOON + timedelta(days=1)) == ["ann"]


def test_quiet_that_never_is_or_never_ends_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="different"):
        choose_hours(news=Preference.News.EACH, quiet_from=time(7), quiet_to=time(7), by=world.ann, at=NOON)


def test_the_database_knows_no_other_way_of_news(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor():
        Preference.objects.create(person=world.ann, news="shouted")


def test_the_page_keeps_what_was_chosen(world: World, as_person: As) -> None:
    ann = as_person(world.ann)
    sent = {"news": "each", "quiet_from": "20:00", "quiet_to": "08:00"}
    assert ann.post("/alerts/hours/", sent).status_code == 302
    kept = Preference.objects.get(person=world.ann)
    assert (kept.news, kept.quiet_from, kept.quiet_to) == ("each", time(20), time(8))
    assert "20:00" in ann.get("/alerts/hours/").content.decode()
    assert "different times" in ann.post("/alerts/hours/", {**sent, "quiet_to": "20:00"}).content.decode()
