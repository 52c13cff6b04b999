"""Chains of cover: who stands in when the deputy is away too, and that everybody is given the same answer."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from alerts.leave.operations import plan_leave
from alerts.message.models import Alert
from concerns.choices import Level, Outcome, Side
from concerns.concern.access import ConcernAccess
from concerns.concern.draft_models import ConcernDraft
from concerns.concern.models import Concern
from concerns.engine.cover import people_to_tell_of_draft
from concerns.engine.operations import fire_due_concerns
from concerns.handling.operations import answer_concern
from concerns.handling.promise_operations import acknowledge_concern
from concerns.raising.operations import raise_concern, save_draft
from concerns.share.models import Share
from concerns.share.operations import send_share
from concerns.share.reply_operations import write_reply
from concerns.watch.sweep import sweep
from concerns.worklist import work_of
from tests.concerns.engine.raising import WORDS, pending, people_mailed, story, worry
from tests.concerns.engine.test_cover import As, put_on_leave
from tests.concerns.rota.on_call import put_on_call
from tests.concerns.share.sharing import share_for_esi
from tests.world import World

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def concern_about(world: World, whom: User, level: Level = Level.URGENT) -> Concern:
    return raise_concern(
        world.ely, submit_key=uuid4(), level=level, words=WORDS, about=whom, by=world.ben, at=world.now
    )


def coordinates(*people: User) -> None:
    """Make colleagues of theirs coordinators too."""
    for person in people:
        person.groups.set(User.objects.get(email="ann@example.org").groups.all())


def test_pat_who_covers_is_away_too_and_nobody_covers_so_the_ladder_goes_on_at_once(world: World) -> None:
    put_on_leave(world, world.ann, world.pat)
    put_on_leave(world, world.pat)
    concern = worry(world)
    assert sorted(people_mailed(concern, Side.CHARITY)) == ["Fay", "Hana"]
    line = "Ann Farrowby is on leave; Pat Lowe, who covers, is on leave too, and nobody covers."
    assert any(line in each for each in story(concern))


def test_pat_who_covers_is_away_and_fay_covers_for_her(world: World) -> None:
    put_on_leave(world, world.ann, world.pat)
    put_on_leave(world, world.pat, world.fay)
    concern = worry(world)
    assert sorted(people_mailed(concern, Side.CHARITY)) == ["Ann", "Fay"]
    assert any("Pat Lowe, who covers, is on leave too; Fay Osborne covers." in line for line in story(concern))
    assert pending(concern, Side.CHARITY).due_at == world.now + 30 * MINUTE


def test_max_at_the_end_of_the_chain_sees_and_answers_and_pat_in_the_middle_does_not(world: World) -> None:
    coordinates(world.max)
    put_on_leave(world, world.ann, world.pat)
    put_on_leave(world, world.pat, world.max)
    concern = worry(world)
    assert sorted(people_mailed(concern, Side.CHARITY)) == ["Ann", "Max"]
    assert Concern.objects.visible_to(world.max).contains(concern)
    assert [item.title for item in work_of(world.max, world.now)] == ["A concern nobody at the charity has yet"]
    acknowledge_concern(concern, until=world.now + HOUR, by=world.max, at=world.now)
    sweep(at=world.now + MINUTE)
    assert pending(concern, Side.CHARITY).promise is not None
    assert not Concern.objects.visible_to(world.pat).exists()


def test_ann_and_pat_cover_for_one_another_and_both_are_away(world: World) -> None:
    put_on_leave(world, world.ann, world.pat)
    put_on_leave(world, world.pat, world.ann)
    assert sorted(people_mailed(worry(world), Side.CHARITY)) == ["Fay", "Hana"]
    assert not Concern.objects.visible_to(world.pat).exists()


def test_the_repeats_of_the_last_rung_tell_pat_who_covers_for_ann(world: World) -> None:
    put_on_leave(world, world.ann, world.pat, last=3 * DAY)
    concern = worry(world)
    for minutes in (30, 60, 120, 180, 240):
        fire_due_concerns(at=world.now + minutes * MINUTE)
    ladder = people_mailed(concern, Side.CHARITY)
    assert (ladder.count("Kit"), ladder.count("Ann"), ladder.count("Pat")) == (3, 4, 4)


def test_the_repeats_of_the_last_rung_tell_whoever_is_on_call(world: World) -> None:
    begins = world.now - HOUR
    put_on_call(world, world.pat, starts_at=begins, ends_at=begins + DAY, at=begins)
    concern = worry(world)
    for minutes in (30, 60, 120, 180):
        fire_due_concerns(at=world.now + minutes * MINUTE)
    assert people_mailed(concern, Side.CHARITY).count("Pat") == 3


def test_the_director_is_told_first_though_a_promise_passed_and_everybody_at_the_repeat(world: World) -> None:
    concern = worry(world)
    acknowledge_concern(concern, until=world.now + HOUR, by=world.ann, at=world.now)
    sizes = []
    for _ in range(5):
        step = pending(concern, Side.CHARITY)
        fire_due_concerns(at=step.due_at)
        sizes.append(sorted(Alert.objects.filter(key=step.alert_key).values_list("recipient__first_name", flat=True)))
    one_each = [sorted(set(names)) for names in sizes]
    assert one_each == [["Ann"], ["Fay", "Hana"], ["Kit"], ["Ann", "Fay", "Hana", "Kit"], ["Ann", "Fay", "Hana", "Kit"]]


def test_whose_promise_passed_while_away_is_told_with_who_covers_and_counts_for_nobody(world: World) -> None:
    concern = worry(world)
    acknowledge_concern(concern, until=world.now + 3 * HOUR, by=world.ann, at=world.now)
    put_on_leave(world, world.ann, start=world.now + 2 * HOUR)
    fire_due_concerns(at=world.now + 3 * HOUR)
    assert {"Ann", "Hana", "Fay"} <= set(people_mailed(concern, Side.CHARITY)[1:])


def test_a_message_that_reaches_only_ann_who_is_away_is_no_reason_to_wait(world: World) -> None:
    put_on_leave(world, world.ann, world.pat)
    world.pat.bounces.create(channel="email", address=world.pat.email, at=world.now)
    assert {"Fay", "Hana"} <= set(people_mailed(worry(world), Side.CHARITY))


def test_a_worry_about_pat_is_anns_own_though_pat_is_away_and_ann_covers(world: World, as_person: As) -> None:
    concern = concern_about(world, world.pat)
    put_on_leave(world, world.pat, world.ann)
    assert "Ann" in people_mailed(concern, Side.CHARITY)
    assert as_person(world.ann).get(concern.get_absolute_url()).status_code == 200
    assert ConcernAccess(world.ann, concern).acknowledge
    assert not Concern.objects.visible_to(world.pat).contains(concern)


def test_what_is_about_somebody_else_one_covers_for_is_not_seen_through_cover(world: World) -> None:
    coordinates(world.max)
    put_on_leave(world, world.ann, world.max)
    put_on_leave(world, world.pat, world.max)
    concern = concern_about(world, world.pat)
    assert "Max" not in people_mailed(concern)
    assert not Concern.objects.visible_to(world.max).contains(concern)
    assert not ConcernAccess(world.max, concern).read_story


def test_a_deputy_who_coordinates_no_more_is_no_cover(world: World) -> None:
    put_on_leave(world, world.ann, world.pat)
    world.pat.groups.clear()
    pat = User.objects.get(pk=world.pat.pk)
    concern = worry(world)
    assert sorted(people_mailed(concern, Side.CHARITY)) == ["Fay", "Hana"]
    assert not Concern.objects.visible_to(pat).contains(concern)


def test_whoever_is_on_call_is_on_leave_and_who_covers_is_told_and_sees(world: World) -> None:
    coordinates(world.max)
    begins = world.now - HOUR
    put_on_call(world, world.pat, starts_at=begins, ends_at=begins + DAY, at=begins)
    put_on_leave(world, world.pat, world.max)
    concern = worry(world)
    assert "Max" in people_mailed(concern, Side.CHARITY)
    assert Concern.objects.visible_to(world.max).contains(concern)
    assert ConcernAccess(world.max, concern).acknowledge


def test_whoever_is_on_call_is_away_uncovered_and_so_is_ann(world: World) -> None:
    begins = world.now - HOUR
    put_on_call(world, world.pat, starts_at=begins, ends_at=begins + DAY, at=begins)
    put_on_leave(world, world.pat)
    put_on_leave(world, world.ann)
    assert sorted(people_mailed(worry(world), Side.CHARITY)) == ["Fay", "Hana"]


def test_of_two_on_call_the_one_it_is_about_is_passed_over_for_the_other(world: World) -> None:
    coordinates(world.max)
    for who, begins in [(world.max, world.now - 2 * HOUR), (world.ben, world.now - HOUR)]:
        put_on_call(world, who, starts_at=begins, ends_at=begins + DAY, at=begins)
    assert sorted(people_mailed(worry(world), Side.CHARITY)) == ["Ann", "Max"]


def test_a_worry_not_sent_is_said_to_who_covers_and_where_nobody_is_there_to_the_leads(world: World) -> None:
    save_draft(world.ely, submit_key=uuid4(), by=world.ben, at=world.now, words=WORDS, level="urgent")
    draft = ConcernDraft.objects.get()
    put_on_leave(world, world.ann, world.pat, last=2 * DAY)
    assert people_to_tell_of_draft(draft, at=world.now) == [world.ann, world.pat]
    put_on_leave(world, world.pat)
    assert set(people_to_tell_of_draft(draft, at=world.now)) == {world.hana, world.fay}
    for lead in (world.hana, world.fay):
        put_on_leave(world, lead)
    assert people_to_tell_of_draft(draft, at=world.now) == [world.kit]
    put_on_leave(world, world.kit)
    everybody = {world.ann, world.hana, world.fay, world.kit}
    assert set(people_to_tell_of_draft(draft, at=world.now)) == everybody, "silence is worse than a mail on leave"


def test_what_an_agency_answers_and_writes_back_reaches_pat_who_covers(world: World) -> None:
    share = share_for_esi(world, level=Level.IMMEDIATE)
    send_share(share, by=world.ann, at=world.now)
    put_on_leave(world, world.ann, world.pat)
    acknowledge_concern(share.concern, until=world.now + HOUR, by=world.hana, at=world.now)
    answer_concern(share.concern, outcome=Outcome.VISIT, answer="Visited.", by=world.hana, at=world.now)
    assert Alert.objects.filter(key=f"{share.concern.reference}:news:answer", recipient=world.pat).exists()
    write_reply(share, words="Which school?", by=world.esi, at=world.now)
    replies = Alert.objects.filter(key__startswith=f"{share.reference}:reply", recipient=world.pat)
    assert replies.exists()
    assert Share.objects.visible_to(world.pat).contains(share)
    assert "The agency wrote back: read it" in [item.title for item in work_of(world.pat, world.now)]


@pytest.mark.parametrize("order", [("ann", "pat"), ("pat", "ann")])
def test_whoever_plans_leave_whose_deputy_is_away_is_warned_and_so_are_the_others(
    world: World, as_person: As, order: tuple[str, str]
) -> None:
    plans = {"ann": world.pat, "pat": None}
    first, second = order
    begins = timezone.now() + DAY
    plan_leave(
        world.people[first],
        starts_at=begins,
        ends_at=begins + 2 * DAY,
        deputy=plans[first],
        by=world.people[first],
        at=world.now,
    )
    sent = {
        "starts_at": (begins + DAY).strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (begins + 4 * DAY).strftime("%Y-%m-%dT%H:%M"),
        "deputy": plans[second].pk if plans[second] else "",
    }
    page = as_person(world.people[second]).post(f"/alerts/leave/{world.people[second].reference}/", sent, follow=True)
    warned = page.content.decode()
    assert "Pat Lowe covers for Ann Farrowby, and is away too from" in warned
    assert "Nobody covers then: what is for Ann Farrowby goes on to the next people at once." in warned
    assert Alert.objects.filter(recipient=world.people[first], link="/alerts/leave/", channel="inbox").count() == 1
    assert "and is away too from" in as_person(world.ann).get("/alerts/leave/").content.decode()


def test_leave_with_a_deputy_who_is_there_warns_nobody(world: World, as_person: As) -> None:
    put_on_leave(world, world.pat, start=world.now + 10 * DAY)
    put_on_leave(world, world.ann, world.pat)
    assert "away too" not in as_person(world.ann).get("/alerts/leave/").content.decode()
    assert not Alert.objects.filter(link="/alerts/leave/").exists()


COVERERS = ["ann", "pat", "max", "hana", "fay", "kit"]


def end_of(person: str, leaves: dict[str, str | None]) -> str | None:
    """Who stands in, told by walking the chain by hand."""
    passed = [person]
    while (deputy := leaves[passed[-1]]) is not None and deputy not in passed:
        if deputy not in leaves:
            return deputy
        passed.append(deputy)
    return None
