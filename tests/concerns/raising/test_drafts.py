"""A worry that was written and not sent: its author is reminded, then its circle is told that there is one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command

from accounts.models import User
from alerts.leave.operations import plan_leave
from alerts.message.models import Alert, Channel, Urgency
from concerns.choices import Level
from concerns.concern.draft_models import ConcernDraft
from concerns.raising.operations import discard_draft, raise_concern, save_draft
from concerns.watch.sweep import sweep
from concerns.worklist import work_of
from concerns.worklist.own import own_work_of
from core.errors import Refused
from tests.concerns.engine.raising import WORDS
from tests.concerns.reading import NEW, As, page_of
from tests.world import World

HALF, FOUR = timedelta(minutes=30), timedelta(hours=4)
MINUTE = timedelta(minutes=1)
UNSENT = "You wrote something and have not sent it"
THERE = "A worry was written in your circle and not sent"


def begin_draft(world: World, *, by: User | None = None, **more: Any) -> ConcernDraft:
    said = {"words": WORDS, "level": "urgent", **more}
    return save_draft(world.ely, submit_key=uuid4(), by=by or world.ben, at=world.now, **said)


def people_mailed(draft: ConcernDraft, whom: str) -> list[str]:
    """The first names of whom e-mail was queued for."""
    mails = Alert.objects.filter(key=f"{draft.alert_key}{whom}", channel=Channel.EMAIL)
    return sorted(alert.recipient.first_name for alert in mails)


def test_ben_is_reminded_after_half_an_hour_and_once(world: World) -> None:
    draft = begin_draft(world)
    sweep(at=world.now + HALF - MINUTE)
    assert people_mailed(draft, "author") == []
    for later in (HALF, HALF + MINUTE, 2 * HALF):
        sweep(at=world.now + later)
    assert people_mailed(draft, "author") == ["Ben"]
    assert Alert.objects.filter(key__startswith=draft.alert_key).count() == 2
    [item] = own_work_of(world.ben, world.now + HALF).waiting
    assert (item.title, item.must_act) == (UNSENT, True)


def test_typing_on_does_not_put_the_reminder_off(world: World) -> None:
    draft = begin_draft(world)
    save_draft(
        world.ely, submit_key=draft.submit_key, words=WORDS, level="urgent", by=world.ben, at=world.now + HALF - MINUTE
    )
    sweep(at=world.now + HALF)
    assert people_mailed(draft, "author") == ["Ben"]


def test_an_empty_form_is_no_worry(world: World) -> None:
    draft = begin_draft(world, words="", level="")
    sweep(at=world.now + FOUR)
    assert (people_mailed(draft, "author"), people_mailed(draft, "circle")) == ([], [])


def test_after_four_hours_ann_is_told_that_there_is_one_and_nothing_of_it(world: World, as_person: As) -> None:
    draft = begin_draft(world, words="He has a second telephone.", kinds=["device"])
    sweep(at=world.now + FOUR - MINUTE)
    assert people_mailed(draft, "circle") == []
    for later in (FOUR, FOUR + MINUTE):
        sweep(at=world.now + later)
    assert people_mailed(draft, "circle") == ["Ann"]
    page = page_of(as_person, world.ann, "/")
    assert THERE in page
    for secret in ("second telephone", "Ben", "ndeclared", str(draft.submit_key)):
        assert secret not in page
    assert ConcernDraft.objects.visible_to(world.ann).count() == 0


def test_what_can_wait_waits_for_the_morning_and_what_may_not_does_not(world: World) -> None:
    small, unsaid = begin_draft(world, level="log"), begin_draft(world, level="")
    sweep(at=world.now + HALF)
    urgencies = {
        draft.pk: set(Alert.objects.filter(key__startswith=draft.alert_key).values_list("urgency", flat=True))
        for draft in (small, unsaid)
    }
    assert urgencies == {small.pk: {Urgency.ROUTINE}, unsaid.pk: {Urgency.URGENT}}


def test_a_draft_about_ann_goes_to_hana_and_fay_and_ann_learns_nothing(world: World, as_person: As) -> None:
    draft = begin_draft(world, about=world.ann)
    sweep(at=world.now + FOUR)
    assert people_mailed(draft, "circle") == ["Fay", "Hana"]
    assert THERE not in page_of(as_person, world.ann, "/")
    assert THERE in page_of(as_person, world.hana, "/")


def test_ann_who_was_told_before_it_was_about_her_is_shown_it_no_more_and_hana_is_told(world: World) -> None:
    draft = begin_draft(world)
    sweep(at=world.now + FOUR)
    assert THERE in [item.title for item in work_of(world.ann, world.now)]
    again = world.now + FOUR + MINUTE
    save_draft(
        world.ely, submit_key=draft.submit_key, words=WORDS, level="urgent", about=world.ann, by=world.ben, at=again
    )
    sweep(at=again)
    assert THERE not in [item.title for item in work_of(world.ann, world.now)]
    assert THERE in [item.title for item in work_of(world.hana, world.now)]


def test_anns_own_draft_goes_to_those_who_lead_and_a_leads_about_the_other_to_kit(world: World) -> None:
    draft = begin_draft(world, by=world.ann)
    world.fay.groups.clear()
    about_hana = begin_draft(world, by=world.ann, about=world.hana)
    sweep(at=world.now + FOUR)
    assert people_mailed(draft, "circle") == ["Hana"]
    assert people_mailed(about_hana, "circle") == ["Kit"]


def test_who_covers_for_ann_is_told_too(world: World) -> None:
    plan_leave(
        world.ann,
        starts_at=world.now - FOUR,
        ends_at=world.now + 9 * FOUR,
        deputy=world.pat,
        by=world.ann,
        at=world.now - FOUR,
    )
    draft = begin_draft(world)
    sweep(at=world.now + FOUR)
    assert people_mailed(draft, "circle") == ["Ann", "Pat"]


@pytest.mark.parametrize("how", ["sent", "thrown away"])
def test_once_it_is_sent_or_thrown_away_nobody_is_reminded(world: World, how: str) -> None:
    draft = begin_draft(world)
    key = draft.submit_key
    if how == "sent":
        raise_concern(world.ely, submit_key=key, level=Level.LOG, words=WORDS, by=world.ben, at=world.now)
    else:
        discard_draft(draft, by=world.ben, at=world.now)
    sweep(at=world.now + FOUR)
    assert not Alert.objects.filter(key__startswith=f"draft:{key}").exists()


def test_what_was_still_to_be_sent_is_stopped_when_it_is_thrown_away(world: World) -> None:
    draft = begin_draft(world, level="log")
    sweep(at=world.now + HALF)
    waiting = Alert.objects.filter(key=f"{draft.alert_key}author", channel=Channel.EMAIL)
    waiting.update(state=Alert.State.QUEUED, sent_at=None, next_attempt_at=world.now + FOUR)
    discard_draft(draft, by=world.ben, at=world.now + HALF)
    assert waiting.get().state == Alert.State.STOPPED
    assert own_work_of(world.ben, world.now).waiting == []


def test_the_systems_timer_reminds_with_neither_redis_nor_celery(world: World) -> None:
    draft = begin_draft(world)
    ConcernDraft.objects.update(begun_at=world.now - 2 * FOUR)
    call_command("run_due", verbosity=0)
    assert (people_mailed(draft, "author"), people_mailed(draft, "circle")) == (["Ben"], ["Ann"])


def test_ben_throws_his_own_away_after_reading_it_and_toms_not(world: World, as_person: As) -> None:
    draft, ben = begin_draft(world), as_person(world.ben)
    address = f"/concerns/drafts/{draft.submit_key}/discard/"
    assert as_person(world.tom).post(address).status_code == 404
    assert WORDS in ben.get(address).content.decode()
    assert ConcernDraft.objects.count() == 1
    assert "Nothing was sent." in ben.post(address, follow=True).content.decode()
    assert ConcernDraft.objects.count() == 0
    with pytest.raises(Refused, match="already"):
        discard_draft(draft, by=world.ben, at=world.now)


def test_a_draft_that_names_a_stranger_is_about_nobody(world: World, as_person: As) -> None:
    typed = {"submit_key": str(uuid4()), "words": "He", "about": world.dev.reference}
    as_person(world.ben).post(f"{NEW}draft/", typed)
    assert ConcernDraft.objects.get().about is None
