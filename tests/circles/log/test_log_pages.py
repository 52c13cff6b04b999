"""The doorstep log through the browser's eyes, script or no script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Entry
from circles.log.operations import note_worry_sent
from circles.meeting.models import Meeting
from circles.minutes.beginning_operations import start_log
from circles.minutes.models import Minutes
from circles.minutes.operations import return_minutes
from circles.minutes.questions import fields_of_page
from core.templatetags.ui import clock
from tests.circles.log.writing import WHOLE, send, write
from tests.world import World
from volunteers.volunteer.models import Volunteer

AsPerson = Callable[[User], Client]


def page(world: World, number: int) -> str:
    return reverse("circles:log_page", args=[world.meeting.reference, number])


def url(world: World, name: str) -> str:
    return reverse(f"circles:{name}", args=[world.meeting.reference])


def begin(world: World, client: Client) -> None:
    client.post(url(world, "log"))


def presence_field_of(world: World, user: User) -> str:
    return f"came-{Volunteer.objects.get(user=user).reference}"


def minutes(world: World) -> Minutes:
    return Minutes.objects.get(meeting=world.meeting)


def test_ben_logs_the_whole_meeting_without_script_and_sends_it(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    answer = ben.post(url(world, "log"), follow=True)
    assert answer.redirect_chain[-1][0] == page(world, 1)
    assert "Did anything worry anyone tonight?" in answer.content.decode()
    there = {"came-him": "came", presence_field_of(world, world.ben): "came", presence_field_of(world, world.tom): "no"}
    assert ben.post(page(world, 1), {"worry": "no", "words": "", **there}).url == page(world, 2)
    times = {"began_at": "18:30", "ended_at": "20:00"}
    assert ben.post(page(world, 2), {"mode": "in_person", "mood": "4", **times}).url == page(world, 3)
    assert ben.post(page(world, 3), {"his_week": "Quiet.", "risk_seen": "None seen"}).url == page(world, 4)
    four = {name: WHOLE[name] for name in fields_of_page(4) if name in WHOLE}
    assert ben.post(page(world, 4), four).url == page(world, 5)
    assert ben.post(page(world, 5), {"debrief": "We were calm."}).url == url(world, "log_check")
    checked = ben.get(url(world, "log_check")).content.decode()
    assert "Quiet." in checked
    assert "Send to the coordinator" in checked
    assert ben.post(url(world, "log_check")).url == world.meeting.get_absolute_url()
    assert Meeting.objects.get(pk=world.meeting.pk).status == Meeting.Status.SUBMITTED


def test_the_log_is_carried_on_from_another_device(world: World, as_person: AsPerson) -> None:
    phone, laptop = as_person(world.ben), as_person(world.ben)
    begin(world, phone)
    his = {"came-him": "late", "late_by": "10", "late_words": "The bus."}
    phone.post(page(world, 1), {"worry": "no", **his, presence_field_of(world, world.ben): "came"})
    phone.post(page(world, 3), {"his_week": "He mended a bike."})
    assert laptop.get(url(world, "log")).url == page(world, 2)
    assert "He mended a bike." in laptop.get(page(world, 3)).content.decode()


def test_tom_can_carry_on_what_ben_began(world: World, as_person: AsPerson) -> None:
    begin(world, as_person(world.ben))
    as_person(world.tom).post(page(world, 3), {"his_week": "Tom's words."})
    assert (minutes(world).his_week, minutes(world).saved_by) == ("Tom's words.", world.tom)


def test_autosave_keeps_fields_and_says_when(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    begin(world, ben)
    answer = ben.post(url(world, "autosave"), {"page": "1", "worry": "small", "words": "A new phone", "came-him": "no"})
    assert answer.status_code == 200
    assert answer.json()["saved"] == clock(minutes(world).saved_at)
    assert (minutes(world).worry, minutes(world).worry_words) == ("small", "A new phone")
    assert world.meeting.attendance.get(volunteer=None).came == "no"
    ben.post(url(world, "autosave"), {"page": "5", "debrief": "Tired."})
    assert (minutes(world).debrief, minutes(world).worry_words) == ("Tired.", "A new phone")


def test_autosave_after_sending_says_so_in_words(world: World, as_person: AsPerson) -> None:
    send(world.meeting, by=world.ben, at=world.now)
    answer = as_person(world.tom).post(url(world, "autosave"), {"page": "3", "his_week": "Late thoughts"})
    assert answer.status_code == 409
    assert "sent already" in answer.json()["problem"]


def test_autosave_before_the_log_is_begun_says_what_to_do(world: World, as_person: AsPerson) -> None:
    answer = as_person(world.ben).post(url(world, "autosave"), {"page": "3", "his_week": "x"})
    assert answer.status_code == 409


def test_a_time_that_is_no_time_keeps_everything_else(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    begin(world, ben)
    answer = ben.post(page(world, 2), {"mode": "video", "began_at": "half six", "ended_at": "20:00", "mood": "2"})
    assert answer.status_code == 200
    assert "half six" in answer.content.decode()
    assert (minutes(world).mode, minutes(world).mood, minutes(world).began_at) == ("video", "2", None)


def test_words_typed_after_the_minutes_were_sent_are_shown_again(world: World, as_person: AsPerson) -> None:
    tom = as_person(world.tom)
    send(world.meeting, by=world.ben, at=world.now)
    answer = tom.post(page(world, 3), {"his_week": "A long paragraph of Tom's."})
    assert answer.status_code == 200
    body = answer.content.decode()
    assert "A long paragraph of Tom" in body
    assert "sent already" in body


def test_a_worry_typed_but_not_sent_is_kept_and_asked_about(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    begin(world, ben)
    answer = ben.post(page(world, 1), {"worry": "small", "words": "He has a second phone."})
    assert answer.status_code == 200
    assert "has not been sent yet" in answer.content.decode()
    assert minutes(world).worry_words == "He has a second phone."
    later = ben.post(page(world, 1), {"worry": "small", "words": "He has a second phone.", "later": "1"})
    assert later.url == page(world, 2)


def test_taps_made_before_the_worry_is_sent_are_kept_with_it(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    begin(world, ben)
    sent = {
        "worry": "small",
        "words": "He has a second phone.",
        "submit_key": str(uuid4()),
        "came-him": "late",
    }
    ben.post(reverse("concerns:raise_from_log", args=[world.meeting.reference]), sent)
    assert world.meeting.attendance.get(volunteer=None).came == "late"
    kept = minutes(world)
    assert (kept.worry, kept.worry_words) == ("small", "")
    assert kept.worry_sent_as.startswith("K-")


def test_a_worry_without_words_is_asked_for_words(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    begin(world, ben)
    assert "Write what was seen or heard" in ben.post(page(world, 1), {"worry": "now", "words": ""}).content.decode()


def test_once_the_worry_is_sent_the_page_shows_its_reference(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    begin(world, ben)
    note_worry_sent(world.meeting, worry="small", reference="K-7M4QX", by=world.ben, at=world.now)
    assert "K-7M4QX" in ben.get(page(world, 1)).content.decode()
    assert ben.post(page(world, 1), {"worry": "small", "words": ""}).url == page(world, 2)


def test_each_unsent_form_has_its_own_key(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    begin(world, ben)
    keys = {ben.get(page(world, 1)).context["form"]["submit_key"].value() for _ in range(2)}
    assert len(keys) == 2


def test_the_check_names_what_is_missing_and_links_to_its_page(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    write(world.meeting, by=world.ben, at=world.now, his_week="", wellbeing="")
    answer = ben.post(url(world, "log_check"))
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "Write a line about his week." in body
    assert f"{page(world, 3)}?then=check#id_his_week" in body
    assert f"{page(world, 4)}?then=check" in body
    back = ben.post(f"{page(world, 3)}?then=check", {"his_week": "Now written."})
    assert back.url == url(world, "log_check")


def test_a_returned_log_shows_the_reason_where_it_is_mended(world: World, as_person: AsPerson) -> None:
    meeting = send(world.meeting, by=world.ben, at=world.now)
    return_minutes(meeting, reason="Who came late?", by=world.ann, at=world.now)
    assert "Who came late?" in as_person(world.ben).get(url(world, "log_check")).content.decode()


def test_volunteers_and_the_core_member_stand_there_by_first_name_only(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    begin(world, ben)
    body = ben.get(page(world, 1)).content.decode()
    for name in ["Paul", "Ben", "Tom", "Uma", "Vic"]:
        assert name in body
    for hidden in ["Quayle", "Desai", "Orton", "Cas", "EE-2417-K", "MAPPA"]:
        assert hidden not in body


def test_cas_who_left_finds_no_log_and_the_attempt_is_recorded(world: World, as_person: AsPerson) -> None:
    write(world.meeting, by=world.ben, at=world.now)
    cas = as_person(world.cas)
    for address in [
        url(world, "log"),
        page(world, 1),
        url(world, "log_check"),
        world.meeting.get_absolute_url(),
    ]:
        assert cas.get(address).status_code == 404
    assert cas.post(url(world, "autosave"), {"page": "3", "his_week": "x"}).status_code == 404
    assert Entry.objects.filter(actor=world.cas, act="refused_unseen", reference=world.meeting.reference).exists()
    assert minutes(world).his_week == WHOLE["his_week"]


def test_reading_a_page_of_the_log_is_logged_once_and_saving_it_is_not(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    begin(world, ben)
    ben.get(page(world, 3))
    ben.post(page(world, 3), {"his_week": "Quiet."})
    ben.post(url(world, "autosave"), {"page": "3", "his_week": "Quiet!"})
    assert Entry.objects.filter(actor=world.ben, act="consulted", reference=world.meeting.reference).count() == 1


def test_hana_sees_the_meeting_but_does_not_write_its_log(world: World, as_person: AsPerson) -> None:
    hana = as_person(world.hana)
    assert hana.get(world.meeting.get_absolute_url()).status_code == 200
    assert hana.get(url(world, "log")).status_code == 403


def test_the_log_of_a_meeting_to_come_says_when_it_opens(world: World, as_person: AsPerson) -> None:
    coming = world.ely.meetings.filter(planned_at__gt=world.now + timedelta(days=1)).order_by("planned_at")[0]
    answer = as_person(world.ben).post(reverse("circles:log", args=[coming.reference]))
    assert "opens an hour before" in answer.content.decode()


def test_there_is_no_sixth_page(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    begin(world, ben)
    assert ben.get(page(world, 6)).status_code == 404
    assert ben.get(page(world, 0)).status_code == 404


def test_a_page_of_a_log_not_begun_goes_to_its_start(world: World, as_person: AsPerson) -> None:
    assert as_person(world.ben).get(page(world, 2)).url == url(world, "log")
    assert as_person(world.ben).get(url(world, "log_check")).url == url(world, "log")


def test_a_sent_log_leads_to_the_minutes(world: World, as_person: AsPerson) -> None:
    send(world.meeting, by=world.ben, at=world.now)
    ben = as_person(world.ben)
    for address in [url(world, "log"), page(world, 1), url(world, "log_check")]:
        assert ben.get(address).url == world.meeting.get_absolute_url()


def test_one_tap_says_that_everybody_else_came_and_leaves_what_was_tapped(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    begin(world, ben)
    sent = {"worry": "no", presence_field_of(world, world.uma): "no", "rest-came": "yes"}
    assert ben.post(page(world, 1), sent).url == page(world, 2)
    there = dict(world.meeting.attendance.values_list("volunteer__user__first_name", "came"))
    assert there == {None: "came", "Ben": "came", "Tom": "came", "Uma": "no", "Vic": "came"}


def test_continue_alone_answers_for_nobody_and_no_tap_answers_for_a_worry(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    begin(world, ben)
    ben.post(page(world, 1), {"worry": "no", presence_field_of(world, world.ben): "came"})
    assert world.meeting.attendance.count() == 1
    assert ben.post(page(world, 1), {"worry": "now", "words": "A phone.", "rest-came": "yes"}).status_code == 200
    assert not minutes(world).worry_sent_as


def test_the_way_they_met_stands_as_last_time_and_at_first_not_at_all(world: World, as_person: AsPerson) -> None:
    ben = as_person(world.ben)
    begin(world, ben)
    assert not ben.get(page(world, 2)).context["form"]["mode"].value()
    send(world.meeting, by=world.ben, at=world.now, mode="video")
    following = world.ely.meetings.order_by("planned_at")[1]
    start_log(following, by=world.ben, at=following.planned_at)
    form = ben.get(reverse("circles:log_page", args=[following.reference, 2])).context["form"]
    assert form["mode"].value() == "video"
    assert not form["mood"].value()
