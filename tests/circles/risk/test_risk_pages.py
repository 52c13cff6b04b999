"""The pages of risk reviews: what each reader sees on them, and what the buttons do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Entry
from circles.risk.consensus_operations import save_agreed_scores
from circles.risk.models import RiskReview
from circles.risk.operations import miss_review
from circles.risk.rating_models import RiskRating
from circles.risk.rating_operations import save_rating
from tests.circles.risk.risk_reviews import (
    answers_for,
    planned_risk_review,
    risk_review_scored_by_all,
    send_scores,
    signed_off_risk_review,
)
from tests.world import World

AsPerson = Callable[[User], Client]


def read(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"circles:{name}", args=args))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def chosen_tap_ids(body: str) -> set[str]:
    """The ids of the taps that are chosen."""
    taps = [tap for tap in re.findall(r"<input[^>]*>", body) if " checked" in tap]
    return {found[1] for tap in taps if (found := re.search(r'id="([^"]+)"', tap))}


def answers_to_every_item(review: RiskReview, score: str = "3") -> dict[str, Any]:
    return {f"score-{item.key}": score for item in review.instrument.items.all()}


def test_whoever_has_sent_the_scores_is_brought_to_the_review(world: World, as_person: AsPerson) -> None:
    review, tom = send_scores(planned_risk_review(world), by=world.tom, at=world.now), as_person(world.tom)
    for name, page in [("risk_score", []), ("risk_score_page", [1]), ("risk_send", [])]:
        assert tom.get(reverse(f"circles:{name}", args=[review.reference, *page])).url == review.get_absolute_url()


def test_ben_scores_page_by_page_is_brought_back_to_where_he_stopped_and_sends(
    world: World, as_person: AsPerson
) -> None:
    review, ben = planned_risk_review(world), as_person(world.ben)
    start = reverse("circles:risk_score", args=[review.reference])
    assert ben.get(start)["Location"].endswith("/score/1/")
    first = reverse("circles:risk_score_page", args=[review.reference, 1])
    assert ben.post(first, answers_to_every_item(review))["Location"].endswith("/score/2/")
    assert ben.get(start)["Location"].endswith("/score/2/")
    for page in (2, 3):
        ben.post(reverse("circles:risk_score_page", args=[review.reference, page]), answers_to_every_item(review))
    last = ben.post(
        reverse("circles:risk_score_page", args=[review.reference, 4]), answers_to_every_item(review, "not-known")
    )
    send = reverse("circles:risk_send", args=[review.reference])
    assert last["Location"] == send == ben.get(start)["Location"]
    assert "not enough information" in ben.get(send).content.decode()
    told = ben.post(send, follow=True).content.decode()
    assert "shown when everybody has sent theirs" in told
    assert ben.get(start)["Location"] == review.get_absolute_url()


def test_what_ben_chose_is_chosen_when_he_comes_back(world: World, as_person: AsPerson) -> None:
    review, ben = planned_risk_review(world), as_person(world.ben)
    page = reverse("circles:risk_score_page", args=[review.reference, 1])
    ben.post(page, {"score-alone": "4", "comment-alone": "On his own."})
    shown = ben.get(page).content.decode()
    assert chosen_tap_ids(shown) == {"id_score-alone_4"}
    assert "On his own." in shown


def test_sending_too_early_says_what_is_missing(world: World, as_person: AsPerson) -> None:
    review = planned_risk_review(world)
    answer = as_person(world.ben).post(reverse("circles:risk_send", args=[review.reference]))
    assert "17 not answered yet: number 1 first." in answer.content.decode()


def test_autosave_keeps_what_was_tapped_and_says_when(world: World, as_person: AsPerson) -> None:
    review, ben = planned_risk_review(world), as_person(world.ben)
    address = reverse("circles:risk_autosave", args=[review.reference])
    answer = ben.post(address, {"score-alone": "6"})
    assert "saved" in answer.json()
    assert RiskRating.objects.get(rater__user=world.ben).scores.get(item__key="alone").score == 6
    send_scores(review, by=world.ben, at=world.now)
    late = ben.post(address, {"score-alone": "1"})
    assert late.status_code == 409
    assert "You have sent your scores" in late.json()["problem"]


def test_a_score_that_is_none_of_the_scale_is_refused_by_the_form(world: World, as_person: AsPerson) -> None:
    page = reverse("circles:risk_score_page", args=[planned_risk_review(world).reference, 1])
    answer = as_person(world.ben).post(page, {"score-alone": "9"})
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()


def test_a_page_of_the_review_that_is_not_there_is_not_found(world: World, as_person: AsPerson) -> None:
    page = reverse("circles:risk_score_page", args=[planned_risk_review(world).reference, 5])
    assert as_person(world.ben).get(page).status_code == 404


def test_tom_does_not_find_bens_words_before_all_are_in_and_does_after(world: World, as_person: AsPerson) -> None:
    review = planned_risk_review(world)
    save_rating(
        review,
        answers={"alone": answers_for(review)["alone"]._replace(comment="He rang nobody")},
        by=world.ben,
        at=world.now,
    )
    rest = {key: one for key, one in answers_for(review).items() if key != "alone"}
    save_rating(review, answers=rest, by=world.ben, at=world.now)
    as_person(world.ben).post(reverse("circles:risk_send", args=[review.reference]))
    for name in ["tom", "ann", "hana"]:
        body = read(as_person(world.people[name]), "risk_review", review.reference)
        assert "He rang nobody" not in body
        assert "Scores side by side" not in body
    for person in [world.tom, world.uma, world.vic]:
        send_scores(review, by=person, at=world.now)
    for name in ["tom", "ann", "hana"]:
        assert "He rang nobody" in read(as_person(world.people[name]), "risk_review", review.reference)


def test_the_consensus_page_shows_scores_side_by_side_and_offers_what_all_said(
    world: World, as_person: AsPerson
) -> None:
    review = planned_risk_review(world)
    for person, mood in [(world.ben, 1), (world.tom, 4), (world.uma, 3), (world.vic, 3)]:
        review = send_scores(review, by=person, at=world.now, mood=mood)
    shown = read(as_person(world.ann), "risk_consensus", review.reference)
    assert "Variance between raters 1.2." in shown
    assert "Far apart: talk it through" in shown
    offered = chosen_tap_ids(shown)
    assert "id_score-alone_3" in offered
    assert len(offered) == 16
    assert not any(one.startswith("id_score-mood") for one in offered)


def test_ann_agrees_checks_and_signs_off_and_then_finds_it_locked(world: World, as_person: AsPerson) -> None:
    review, ann = risk_review_scored_by_all(world, planned_risk_review(world)), as_person(world.ann)
    agree = reverse("circles:risk_consensus", args=[review.reference])
    sign = reverse("circles:risk_sign_off", args=[review.reference])
    assert "17 not agreed yet" in ann.post(sign).content.decode()
    assert ann.post(agree, answers_to_every_item(review, "2"))["Location"] == sign
    assert "<strong>34</strong>" in ann.get(sign).content.decode()
    told = ann.post(sign, follow=True).content.decode()
    assert "Risk review 1 is signed off and locked." in told
    for address in (agree, sign):
        assert ann.get(address)["Location"] == review.get_absolute_url()
    autosave = ann.post(
        reverse("circles:risk_consensus_autosave", args=[review.reference]), answers_to_every_item(review)
    )
    assert autosave.status_code == 409


def test_ann_opens_the_scores_early_and_is_told_whose_are_left_out(world: World, as_person: AsPerson) -> None:
    review = send_scores(planned_risk_review(world), by=world.ben, at=world.now)
    ann = as_person(world.ann)
    assert "Not sent yet: Tom, Uma, Vic." in read(ann, "risk_open", review.reference)
    ann.post(reverse("circles:risk_open", args=[review.reference]))
    assert "left out" in read(ann, "risk_review", review.reference)


def test_the_trend_is_drawn_with_a_name_a_control_line_and_a_table(world: World, as_person: AsPerson) -> None:
    signed_off_risk_review(world, due_in=-91, score=3)
    signed_off_risk_review(world, due_in=0, score=2)
    shown = read(as_person(world.ann), "risk", "C-0142")
    for part in [
        'role="img" aria-labelledby="trend-name trend-says"',
        "Trend of the agreed total: review 1, 51, expected 51; review 2, 34, expected 45.",
        "wm-trend__control",
        'aria-label="People around him: 12, 8, of 24"',
        "Expected fall: 6 in thirteen weeks",
        "The same in figures",
        "People around him",
        "2 of 2 that were due are signed off (100 %).",
        "must not be used about a real person",
    ]:
        assert part in shown, part


def test_ben_sees_the_rounds_but_neither_trend_nor_prompts(world: World, as_person: AsPerson) -> None:
    signed_off_risk_review(world, due_in=-91, score=1)
    signed_off_risk_review(world, due_in=0, score=4)
    shown = read(as_person(world.ben), "risk", "C-0142")
    assert "Risk review 2" in shown
    for hidden in ["<svg viewBox", "A prompt, not a decision", "The same in figures", "signed off ("]:
        assert hidden not in shown


def test_prompts_say_what_they_are_and_anns_answer_stands_beside_them(world: World, as_person: AsPerson) -> None:
    signed_off_risk_review(world, due_in=-91, score=1)
    review, ann = signed_off_risk_review(world, due_in=0, score=4), as_person(world.ann)
    shown = read(ann, "risk", "C-0142")
    assert "A prompt, not a decision" in shown
    assert "Item 1 has risen from 1 in review 1 to 4" in shown
    answer = ann.post(
        reverse("circles:risk_prompts", args=[review.reference]), {"words": "We talked it through."}, follow=True
    )
    assert "We talked it through." in answer.content.decode()
    assert "Answer the prompts" not in answer.content.decode()


def test_ann_notes_a_missed_round(world: World, as_person: AsPerson) -> None:
    review = planned_risk_review(world)
    ann = as_person(world.ann)
    answer = ann.post(reverse("circles:risk_missed", args=[review.reference]), {"reason": "All ill."}, follow=True)
    assert "Risk review 1 is noted as missed." in answer.content.decode()
    assert "Missed: All ill." in read(ann, "risk_review", review.reference)


def test_completion_counts_what_was_due_and_what_was_done(world: World, as_person: AsPerson) -> None:
    signed_off_risk_review(world, due_in=-91)
    miss_review(planned_risk_review(world, due_in=-9), reason="Ill.", by=world.ann, at=world.now)
    planned_risk_review(world, due_in=9)
    planned_risk_review(world, world.wisbech, due_in=-2)
    everything = read(as_person(world.hana), "risk_completion")
    assert "1 of 2 (50 %)" in everything
    assert "0 of 1 (0 %)" in everything
    assert "<strong>1 of 3 (33 %)</strong>" in everything
    anns = read(as_person(world.ann), "risk_completion")
    assert "C-0098" not in anns
    assert "<strong>1 of 2 (50 %)</strong>" in anns


def test_opening_a_review_is_logged_within_the_circle(world: World, as_person: AsPerson) -> None:
    review = planned_risk_review(world)
    read(as_person(world.ben), "risk_review", review.reference)
    looked = Entry.objects.get(act="consulted", reference=review.reference)
    assert (looked.actor, looked.kind, looked.within) == (world.ben, "risk review", "C-0142")


def test_what_is_agreed_so_far_is_not_on_the_volunteers_page(world: World, as_person: AsPerson) -> None:
    review = risk_review_scored_by_all(world, planned_risk_review(world))
    save_agreed_scores(review, answers=answers_for(review, 5), by=world.ann, at=world.now)
    assert "Agreed" not in read(as_person(world.ben), "risk_review", review.reference)
