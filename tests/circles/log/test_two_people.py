"""Two people, one draft: they see each other, and neither overwrites what they have not seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.action.models import ActionTap
from circles.log.models import Presence
from circles.log.page_operations import Choice, LoadedField, SentPage, digest_of, save_page, write_presence
from circles.meeting.access import MeetingAccess
from circles.minutes.beginning_operations import start_log
from circles.minutes.models import Minutes
from circles.taxonomy.models import MinutesTag, Tag
from tests.circles.goal.rows import action
from tests.circles.log.writing import save_minutes
from tests.world import World
from volunteers.volunteer.models import Volunteer

AsPerson = Callable[[User], Client]


def address(world: World, number: int = 3) -> str:
    return reverse("circles:log_page", args=[world.meeting.reference, number])


def hidden_fields_of(client: Client, world: World, number: int = 3) -> dict[str, str]:
    """What the page sends back of how it was loaded."""
    return {"loaded": client.get(address(world, number)).context["form"]["loaded"].value()}


def week(world: World) -> str:
    return Minutes.objects.get(meeting=world.meeting).his_week


@pytest.fixture
def draft(world: World) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    save_minutes(world.meeting, answers={"his_week": "Begun."}, by=world.ben, at=world.now)


@pytest.mark.usefixtures("draft")
def test_what_tom_changed_meanwhile_is_not_overwritten_and_ben_sees_both(world: World, as_person: AsPerson) -> None:
    ben, tom = as_person(world.ben), as_person(world.tom)
    bens, toms = hidden_fields_of(ben, world), hidden_fields_of(tom, world)
    tom.post(address(world), {"his_week": "Tom's words.", **toms})
    answer = ben.post(address(world), {"his_week": "Ben's words.", "talked_about": "Work.", **bens})
    assert answer.status_code == 200
    body = answer.content.decode()
    assert "Tom changed “His week” while you were writing" in body
    assert "Tom&#x27;s words." in body
    assert "Ben&#x27;s words." in body
    assert week(world) == "Tom's words."
    assert Minutes.objects.get(meeting=world.meeting).talked_about == "Work."


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize(("choice", "stays"), [("mine", "Both our words."), ("theirs", "Tom's words.")])
def test_ben_chooses_without_script(world: World, as_person: AsPerson, choice: str, stays: str) -> None:
    ben, tom = as_person(world.ben), as_person(world.tom)
    bens, toms = hidden_fields_of(ben, world), hidden_fields_of(tom, world)
    tom.post(address(world), {"his_week": "Tom's words.", **toms})
    [clash] = ben.post(address(world), {"his_week": "Ben's words.", **bens}).context["form"].clashes
    sent = {"his_week": "Both our words.", **bens}
    assert ben.post(address(world), sent).status_code == 200, "not before he has chosen"
    chosen = {**sent, "keep-his_week": f"{choice}:{clash.version}"}
    assert ben.post(address(world), chosen).url == address(world, 4)
    assert week(world) == stays


@pytest.mark.usefixtures("draft")
def test_a_change_after_the_choice_was_shown_is_shown_too(world: World, as_person: AsPerson) -> None:
    ben, tom = as_person(world.ben), as_person(world.tom)
    bens = hidden_fields_of(ben, world)
    tom.post(address(world), {"his_week": "Tom's words."})
    [clash] = ben.post(address(world), {"his_week": "Ben's.", **bens}).context["form"].clashes
    tom.post(address(world), {"his_week": "Tom's second words."})
    again = ben.post(address(world), {"his_week": "Ben's.", **bens, "keep-his_week": f"mine:{clash.version}"})
    assert [one.theirs for one in again.context["form"].clashes] == ["Tom's second words."]
    assert week(world) == "Tom's second words."


@pytest.mark.usefixtures("draft")
def test_a_field_ben_did_not_touch_keeps_what_tom_wrote(world: World, as_person: AsPerson) -> None:
    ben, tom = as_person(world.ben), as_person(world.tom)
    bens = hidden_fields_of(ben, world)
    tom.post(address(world), {"his_week": "Tom's words."})
    answer = ben.post(address(world), {"his_week": "Begun.", "talked_about": "Work.", **bens})
    assert answer.url == address(world, 4)
    assert week(world) == "Tom's words."


@pytest.mark.usefixtures("draft")
def test_ones_own_savings_clash_with_nothing(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    bens = hidden_fields_of(ben, world)
    autosave = reverse("circles:autosave", args=[world.meeting.reference])
    for words in ["One.", "One two.", "Begun."]:
        assert ben.post(autosave, {"page": "3", "his_week": words, **bens}).status_code == 200
        assert week(world) == words


@pytest.mark.usefixtures("draft")
def test_autosave_says_so_and_keeps_the_rest(world: World, as_person: AsPerson) -> None:
    ben, tom = as_person(world.ben), as_person(world.tom)
    bens = hidden_fields_of(ben, world)
    tom.post(address(world), {"his_week": "Tom's words."})
    autosave = reverse("circles:autosave", args=[world.meeting.reference])
    answer = ben.post(autosave, {"page": "3", "his_week": "Ben's.", "talked_about": "Work.", **bens})
    assert answer.status_code == 409
    assert answer.json()["problem"] == "Tom has changed “His week” too. Press Continue to see both."
    assert week(world) == "Tom's words."
    assert Minutes.objects.get(meeting=world.meeting).talked_about == "Work."


@pytest.mark.usefixtures("draft")
def test_the_same_words_from_both_are_no_clash(world: World, as_person: AsPerson) -> None:
    ben, tom = as_person(world.ben), as_person(world.tom)
    bens = hidden_fields_of(ben, world)
    tom.post(address(world), {"his_week": "The same.\r\nTwice."})
    assert ben.post(address(world), {"his_week": "The same.\nTwice.", **bens}).url == address(world, 4)


@pytest.mark.usefixtures("draft")
def test_taps_of_who_came_are_not_overwritten_either(world: World, as_person: AsPerson) -> None:
    ben, tom = as_person(world.ben), as_person(world.tom)
    name = f"came-{Volunteer.objects.get(user=world.uma).reference}"
    bens, toms = hidden_fields_of(ben, world, 1), hidden_fields_of(tom, world, 1)
    tom.post(address(world, 1), {"worry": "no", name: "late", **toms})
    body = ben.post(address(world, 1), {"worry": "no", name: "no", **bens}).content.decode()
    assert "Tom changed “Uma”" in body
    assert world.meeting.attendance.get(volunteer__user=world.uma).came == "late"


@pytest.mark.usefixtures("draft")
def test_ticks_are_not_overwritten_either(world: World, as_person: AsPerson) -> None:
    ben, tom = as_person(world.ben), as_person(world.tom)
    family, faith = Tag.objects.get(name="Family"), Tag.objects.get(name="Faith")
    bens = hidden_fields_of(ben, world)
    tom.post(address(world), {"topic-shown": "yes", "topic": [family.reference]})
    answer = ben.post(address(world), {"topic-shown": "yes", "topic": [faith.reference], **bens})
    assert [one.theirs for one in answer.context["form"].clashes] == ["Family"]
    assert [one.tag for one in MinutesTag.objects.filter(picked=True)] == [family]


@pytest.mark.usefixtures("draft")
def test_nonsense_about_how_the_page_was_loaded_is_passed_over(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    sent = {"his_week": "Ben's.", "loaded": "his_week:x:y ::: his_week", "keep-his_week": "mine:", "page": "x"}
    assert ben.post(address(world), sent).url == address(world, 4)
    autosave = reverse("circles:autosave", args=[world.meeting.reference])
    for page in ["x", "", "0", "6", "99999999999", "²"]:
        answer = ben.post(autosave, {**sent, "his_week": "Lost?", "page": page})
        assert answer.status_code == 409
        assert answer.json()["problem"].startswith("Not saved")
    assert week(world) == "Ben's."
    assert ben.post(autosave, {**sent, "page": "3"}).status_code == 200


def test_the_operation_keeps_nothing_of_a_clash(world: World) -> None:
    start_log(world.meeting, by=world.ben, at=world.now)
    save_minutes(world.meeting, answers={"his_week": "Tom's."}, by=world.tom, at=world.now)
    page = SentPage({"his_week": "Ben's."}, {}, {}, {"his_week": LoadedField(0, digest_of(""))}, {})
    [clash] = save_page(world.meeting, page=page, by=world.ben, at=world.now)
    assert (clash.theirs, clash.mine, clash.by, clash.version) == ("Tom's.", "Ben's.", "Tom", 1)
    assert week(world) == "Tom's."
    chosen = SentPage(page.answers, {}, {}, page.loaded, {"his_week": Choice(mine=True, version=1)})
    assert save_page(world.meeting, page=chosen, by=world.ben, at=world.now) == []
    assert week(world) == "Ben's."


@pytest.mark.usefixtures("draft")
def test_ben_sees_that_tom_is_on_page_two(world: World, as_person: AsPerson) -> None:
    ben, tom = as_person(world.ben), as_person(world.tom)
    tom.get(address(world, 2))
    body = ben.get(address(world)).content.decode()
    assert "Tom is on page 2" in body
    assert "Ben is on page" not in body
    autosave = reverse("circles:autosave", args=[world.meeting.reference])
    assert tom.post(autosave, {"page": "4"}).json()["others"] == "Ben is on page 3"
    assert ben.post(autosave, {"page": "3"}).json()["others"] == "Tom is on page 4"


@pytest.mark.usefixtures("draft")
def test_somebody_is_here_for_a_minute_and_no_longer(world: World) -> None:
    write_presence(MeetingAccess(world.tom, world.meeting), page=2, at=world.now)
    here = Presence.objects.of_others(world.ben, world.meeting.minutes, world.now + timedelta(seconds=59))
    assert [one.person for one in here] == [world.tom]
    assert not Presence.objects.of_others(world.ben, world.meeting.minutes, world.now + timedelta(seconds=60))


@pytest.mark.usefixtures("draft")
def test_nobody_from_elsewhere_is_noted_or_sees_who_is_here(world: World) -> None:
    with pytest.raises(PermissionDenied):
        write_presence(MeetingAccess(world.dev, world.meeting), page=2, at=world.now)
    write_presence(MeetingAccess(world.tom, world.meeting), page=2, at=world.now)
    assert not Presence.objects.visible_to(world.dev).exists()


def answers_tapped(world: World) -> list[str]:
    return list(ActionTap.objects.filter(meeting=world.meeting).values_list("how", flat=True))


@pytest.mark.usefixtures("draft")
def test_a_tap_ben_did_not_touch_stays_as_tom_tapped_it(world: World, as_person: AsPerson) -> None:
    row = f"action-{action(world).reference}"
    ben, tom = as_person(world.ben), as_person(world.tom)
    tom.post(address(world, 2), {row: "open", **hidden_fields_of(tom, world, 2)})
    bens = hidden_fields_of(ben, world, 2)
    tom.post(address(world, 2), {row: "done"})
    assert ben.post(address(world, 2), {row: "open", "mood": "4", **bens}).status_code == 302
    assert answers_tapped(world) == ["done"]


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize(("choice", "stays"), [("mine", "partly"), ("theirs", "done")])
def test_two_taps_on_one_action_are_chosen_between(world: World, as_person: AsPerson, choice: str, stays: str) -> None:
    row = f"action-{action(world).reference}"
    ben, tom = as_person(world.ben), as_person(world.tom)
    bens = hidden_fields_of(ben, world, 2)
    tom.post(address(world, 2), {row: "done", **hidden_fields_of(tom, world, 2)})
    answer = ben.post(address(world, 2), {row: "partly", "mood": "4", **bens})
    [clash] = answer.context["form"].clashes
    assert (clash.name, clash.theirs, clash.by) == (row, "done", "Tom")
    assert "Tom’s: “Done”" in answer.content.decode()
    assert answers_tapped(world) == ["done"]
    assert Minutes.objects.get(meeting=world.meeting).mood == "4"
    ben.post(address(world, 2), {row: "partly", **bens, f"keep-{row}": f"{choice}:{clash.version}"})
    assert answers_tapped(world) == [stays]


@pytest.mark.usefixtures("draft")
def test_ones_own_taps_clash_with_nothing(world: World, as_person: AsPerson) -> None:
    row = f"action-{action(world).reference}"
    ben = as_person(world.ben)
    autosave = reverse("circles:autosave", args=[world.meeting.reference])
    ben.post(autosave, {"page": "2", row: "open"})
    bens = hidden_fields_of(ben, world, 2)
    for how in ["done", "partly", "open"]:
        assert ben.post(autosave, {"page": "2", row: how, **bens}).status_code == 200
        assert answers_tapped(world) == [how]


@pytest.mark.usefixtures("draft")
def test_bens_old_page_on_the_telephone_replaces_nothing_he_saved_on_the_tablet(
    world: World, as_person: AsPerson
) -> None:
    phone, tablet = as_person(world.ben), as_person(world.ben)
    old, new = hidden_fields_of(phone, world), hidden_fields_of(tablet, world)
    autosave = reverse("circles:autosave", args=[world.meeting.reference])
    assert tablet.post(autosave, {"page": "3", "his_week": "From the tablet.", **new}).status_code == 200
    assert phone.post(address(world), {"his_week": "Begun.", **old}).url == address(world, 4), "untouched: Continue"
    assert week(world) == "From the tablet."
    refused = phone.post(autosave, {"page": "3", "his_week": "From the telephone.", **old})
    assert refused.status_code == 409
    assert refused.json()["problem"].startswith("Another page or device of yours has changed “His week” too.")
    shown = phone.post(address(world), {"his_week": "From the telephone.", **old}).content.decode()
    assert "From the tablet." in shown
    assert "From the telephone." in shown
    assert "Written there: “From the tablet.”" in shown
    assert "Written here: “From the telephone.”" in shown
    assert week(world) == "From the tablet."


@pytest.mark.usefixtures("draft")
def test_a_page_that_comes_back_with_an_error_is_no_other_page(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    sent = {"worry": "small", "words": "He", **hidden_fields_of(ben, world, 1)}
    back = ben.post(address(world, 1), sent)
    again = {"loaded": back.context["form"]["loaded"].value()}
    autosave = reverse("circles:autosave", args=[world.meeting.reference])
    assert ben.post(autosave, {"page": "1", "worry": "small", "words": "He was late.", **again}).status_code == 200
