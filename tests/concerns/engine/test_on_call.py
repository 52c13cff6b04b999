"""On call: who is told beside the coordinator, what they may open in a circle not theirs, and that it ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.operations import suspend_person
from circles.circle.models import Circle
from concerns.choices import Level, Side
from concerns.concern.access import ConcernAccess
from concerns.concern.models import Concern
from concerns.engine.operations import fire_due_concerns
from concerns.engine.responders import charity_responders, responders_for
from concerns.handling.promise_operations import acknowledge_concern
from concerns.raising.operations import raise_concern
from concerns.rota.models import OnCallShift
from concerns.rota.operations import cancel_shift
from concerns.watch.sweep import sweep
from concerns.worklist import work_of
from tests.concerns.engine.raising import WORDS, pending, people_mailed, story, worry
from tests.concerns.reading import As
from tests.concerns.rota.on_call import put_on_call
from tests.concerns.share.sharing import share_for_esi
from tests.world import World

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TELEPHONE = "01632 960 111"


def on_call(world: World, who: User, *, last: timedelta = 12 * HOUR, start: datetime | None = None) -> OnCallShift:
    """On call since an hour before `start`, which is now unless said."""
    begins = (start or world.now) - HOUR
    return put_on_call(world, who, telephone=TELEPHONE, starts_at=begins, ends_at=begins + HOUR + last, at=begins)


def concern_about(world: World, whom: User, by: User) -> Concern:
    return raise_concern(
        world.ely, submit_key=uuid4(), level=Level.URGENT, words=WORDS, about=whom, by=by, at=world.now
    )


def worry_of(world: World, by: User) -> Concern:
    return raise_concern(world.ely, submit_key=uuid4(), level=Level.URGENT, words=WORDS, by=by, at=world.now)


def may_see(person: User, concern: Concern) -> bool:
    return Concern.objects.visible_to(person).contains(concern)


@pytest.mark.parametrize("level", [Level.IMMEDIATE, Level.URGENT])
def test_pat_on_call_is_told_beside_ann_and_the_story_says_why(world: World, level: Level) -> None:
    on_call(world, world.pat)
    concern = worry(world, level)
    assert sorted(people_mailed(concern, Side.CHARITY)) == ["Ann", "Pat"]
    assert any("Pat Lowe is on call." in line for line in story(concern))


@pytest.mark.parametrize("level", [Level.PRIORITY, Level.LOG])
def test_nobody_on_call_is_woken_by_what_waits_for_the_morning(world: World, level: Level) -> None:
    on_call(world, world.pat, last=5 * 24 * HOUR)
    concern = worry(world, level)
    fire_due_concerns(at=world.now + 36 * HOUR)
    assert "Pat" not in people_mailed(concern)
    assert not may_see(world.pat, concern)
    assert not charity_responders(concern).contains(world.pat)


def test_ann_on_call_herself_is_told_once(world: World) -> None:
    on_call(world, world.ann)
    concern = worry(world)
    assert people_mailed(concern, Side.CHARITY) == ["Ann"]
    assert not any("on call" in line for line in story(concern))


def test_with_ann_away_and_uncovered_pat_on_call_is_somebody_and_the_ladder_waits_for_her(world: World) -> None:
    from_now = {"starts_at": world.now - HOUR, "ends_at": world.now + 24 * HOUR}
    on_call(world, world.pat)
    world.ann.leave.create(**from_now, planned_at=world.now, planned_by=world.hana)
    concern = worry(world)
    assert people_mailed(concern, Side.CHARITY) == ["Pat"]
    assert pending(concern, Side.CHARITY).due_at == world.now + 30 * MINUTE


def test_pat_opens_it_has_it_on_her_list_and_takes_it_on(world: World, as_person: As) -> None:
    concern = worry(world)
    pat = as_person(world.pat)
    assert pat.get(concern.get_absolute_url()).status_code == 404
    on_call(world, world.pat)
    page = pat.get(concern.get_absolute_url())
    assert page.status_code == 200
    assert "You are on call" in page.content.decode()
    assert [item.title for item in work_of(world.pat, world.now)] == ["A concern nobody at the charity has yet"]
    assert responders_for(concern).contains(world.pat)
    acknowledge_concern(concern, until=world.now + HOUR, by=world.pat, at=world.now)
    assert pending(concern, Side.CHARITY).promise is not None
    assert pat.get(concern.get_absolute_url()).status_code == 200
    assert work_of(world.pat, world.now) == []


def test_she_gets_the_concern_and_not_the_circle(world: World, as_person: As) -> None:
    on_call(world, world.pat)
    concern = worry(world)
    page = as_person(world.pat).get(concern.get_absolute_url()).content.decode()
    assert f"Circle {world.ely.reference}" in page
    assert f"/concerns/circles/{world.ely.reference}/" not in page
    assert not Circle.objects.visible_to(world.pat).contains(world.ely)
    assert as_person(world.pat).get(world.ely.get_absolute_url()).status_code == 404


def test_what_ann_has_taken_on_is_no_longer_pats_to_read(world: World) -> None:
    on_call(world, world.pat)
    concern = worry(world)
    acknowledge_concern(concern, until=world.now + HOUR, by=world.ann, at=world.now)
    assert not may_see(world.pat, concern)
    with pytest.raises(PermissionDenied):
        ConcernAccess(world.pat, concern).require(ConcernAccess.acknowledge)


def test_an_officer_who_has_it_does_not_hide_it_from_pat(world: World) -> None:
    on_call(world, world.pat)
    concern = worry(world)
    acknowledge_concern(concern, until=world.now + HOUR, by=world.esi, at=world.now)
    assert may_see(world.pat, concern)


def test_what_pat_took_on_in_an_earlier_shift_is_not_hers_in_the_next(world: World) -> None:
    concern = worry(world, at=world.now - 48 * HOUR)
    earlier = on_call(world, world.pat, start=world.now - 48 * HOUR, last=50 * HOUR)
    acknowledge_concern(concern, until=world.now - 46 * HOUR, by=world.pat, at=world.now - 47 * HOUR)
    acknowledge_concern(concern, until=world.now - 42 * HOUR, by=world.ann, at=world.now - 45 * HOUR)
    assert may_see(world.pat, concern)
    cancel_shift(earlier, by=world.hana, at=world.now)
    on_call(world, world.pat)
    assert not may_see(world.pat, concern)


def test_when_her_shift_ends_she_sees_it_no_longer_and_the_ladder_goes_on(world: World, as_person: As) -> None:
    shift = on_call(world, world.pat)
    concern = worry(world)
    acknowledge_concern(concern, until=world.now + 3 * HOUR, by=world.pat, at=world.now)
    cancel_shift(shift, by=world.hana, at=world.now + MINUTE)
    assert as_person(world.pat).get(concern.get_absolute_url()).status_code == 404
    sweep(at=world.now + 2 * MINUTE)
    assert "Whoever had it can no longer see it. Going on at once." in story(concern)
    assert people_mailed(concern, Side.CHARITY)[-1] == "Ann"
    assert "Pat" not in people_mailed(concern, Side.CHARITY)[2:]


def test_while_it_lasts_her_promise_is_kept(world: World) -> None:
    on_call(world, world.pat)
    concern = worry(world)
    acknowledge_concern(concern, until=world.now + 3 * HOUR, by=world.pat, at=world.now)
    sweep(at=world.now + HOUR)
    assert pending(concern, Side.CHARITY).promise is not None


def test_what_is_about_ann_goes_round_pat_too_and_what_is_about_pat_round_her(world: World) -> None:
    on_call(world, world.pat)
    of_ann, of_pat = (concern_about(world, whom, world.ben) for whom in (world.ann, world.pat))
    for concern in (of_ann, of_pat):
        assert "Pat" not in people_mailed(concern)
        assert not may_see(world.pat, concern)
        assert not charity_responders(concern).contains(world.pat)
        assert not ConcernAccess(world.pat, concern).read_story


def test_what_is_about_a_coordinator_pat_covers_for_is_not_hers_in_another_circle_either(world: World) -> None:
    """Ann sees what is about Pat's colleague in Ely; a peer who happens to be on call does not."""
    colleague = world.max
    colleague.groups.set(world.ann.groups.all())
    on_call(world, world.pat)
    concern = concern_about(world, colleague, world.ben)
    assert people_mailed(concern, Side.CHARITY) == ["Ann"]
    assert not may_see(world.pat, concern)
    assert not ConcernAccess(world.pat, concern).read_story
    assert not charity_responders(concern).contains(world.pat)


def test_two_shifts_end_to_end_do_not_take_from_pat_what_she_has(world: World) -> None:
    """At seven her first ends and her second begins: her promise stands, and she still sees what she promised."""
    first = on_call(world, world.pat, start=world.now - 2 * HOUR, last=12 * HOUR)
    concern = worry(world, at=world.now - 2 * HOUR)
    acknowledge_concern(concern, until=world.now + HOUR, by=world.pat, at=world.now - HOUR)
    cancel_shift(first, by=world.hana, at=world.now)
    put_on_call(world, world.pat, telephone=TELEPHONE, starts_at=world.now, ends_at=world.now + 12 * HOUR, at=world.now)
    sweep(at=world.now)
    assert pending(concern, Side.CHARITY).promise is not None
    assert may_see(world.pat, concern)
    assert ConcernAccess(world.pat, concern).record_action


def test_what_is_about_a_volunteer_is_pats_and_what_she_wrote_herself_is_not_hers_to_answer(world: World) -> None:
    on_call(world, world.pat)
    of_tom, written = concern_about(world, world.tom, world.ben), concern_about(world, world.tom, world.pat)
    assert "Pat" in people_mailed(of_tom, Side.CHARITY)
    assert people_mailed(written, Side.CHARITY) == ["Ann"]
    assert not ConcernAccess(world.pat, written).acknowledge


def test_pat_writes_down_what_ben_rang_about_only_while_she_is_on_call(world: World, as_person: As) -> None:
    pat = as_person(world.pat)
    own, another = f"Circle {world.wisbech.reference}", f"Circle {world.ely.reference}"
    before = pat.get("/concerns/new/").content.decode()
    assert own in before
    assert another not in before
    with pytest.raises(PermissionDenied):
        worry_of(world, world.pat)
    on_call(world, world.pat)
    after = pat.get("/concerns/new/").content.decode()
    assert after.index(own) < after.index(another)
    assert people_mailed(worry_of(world, world.pat), Side.CHARITY) == ["Ann"]


def test_pat_suspended_on_call_is_nobody(world: World) -> None:
    on_call(world, world.pat)
    suspend_person(world.pat, by=world.hana, at=world.now)
    concern = worry(world)
    assert people_mailed(concern, Side.CHARITY) == ["Ann"]
    assert not may_see(User.objects.get(pk=world.pat.pk), concern)


def test_fay_on_call_is_told_with_ann_and_sees_what_she_saw_before(world: World) -> None:
    on_call(world, world.fay)
    assert sorted(people_mailed(worry(world), Side.CHARITY)) == ["Ann", "Fay"]


def test_what_pat_tells_an_agency_at_night_she_can_open_again(world: World, as_person: As) -> None:
    shift = on_call(world, world.pat)
    concern = worry(world)
    share = share_for_esi(world, concern, by=world.pat)
    assert as_person(world.pat).get(share.get_absolute_url()).status_code == 200
    cancel_shift(shift, by=world.hana, at=world.now)
    assert as_person(world.pat).get(share.get_absolute_url()).status_code == 404
