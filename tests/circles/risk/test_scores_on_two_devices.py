"""One person with two devices, or two people who agree scores: no page replaces what another page has saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from circles.risk.models import RiskAgreed, RiskReview
from circles.risk.rating_models import RiskScore
from tests.circles.risk.risk_reviews import planned_risk_review, risk_review_scored_by_all
from tests.world import World

AsPerson = Callable[[User], Client]
TOLD = "changed since you opened"


def hidden_fields_of(client: Client, address: str) -> dict[str, str]:
    """What the page sends back of how it was loaded."""
    return {"as_loaded": client.get(address).context["form"]["as_loaded"].value()}


def addresses_of(review: RiskReview) -> tuple[str, str]:
    page = reverse("circles:risk_score_page", args=[review.reference, 1])
    return page, reverse("circles:risk_autosave", args=[review.reference])


def only_score_of(world: World) -> RiskScore:
    return RiskScore.objects.get(rating__rater__user=world.ben, item__key="alone")


def posted_score(score: str, comment: str = "") -> dict[str, Any]:
    return {"score-alone": score, "comment-alone": comment}


def test_bens_tablet_does_not_replace_what_his_telephone_was_told_is_saved(world: World, as_person: AsPerson) -> None:
    page, autosave = addresses_of(planned_risk_review(world))
    ben = as_person(world.ben)
    telephone, tablet = hidden_fields_of(ben, page), hidden_fields_of(ben, page)
    assert "saved" in ben.post(autosave, {**posted_score("6", "He walks at night."), **telephone}).json()
    refused = ben.post(autosave, {**posted_score("1", "All is well."), **tablet})
    assert refused.status_code == 409
    assert TOLD in refused.json()["problem"]
    answer = ben.post(page, {**posted_score("1", "All is well."), **tablet})
    body = answer.content.decode()
    assert answer.status_code == 200
    for words in (TOLD, "He walks at night.", "All is well."):
        assert words in body
    assert (only_score_of(world).score, only_score_of(world).comment) == (6, "He walks at night.")


def test_continue_alone_from_an_old_page_keeps_the_newer_scores(world: World, as_person: AsPerson) -> None:
    page, autosave = addresses_of(planned_risk_review(world))
    ben = as_person(world.ben)
    telephone, tablet = hidden_fields_of(ben, page), hidden_fields_of(ben, page)
    ben.post(autosave, {**posted_score("6", "He walks at night."), **telephone})
    assert ben.post(page, {**posted_score("", ""), **tablet}).status_code == 302
    assert (only_score_of(world).score, only_score_of(world).comment) == (6, "He walks at night.")


def test_the_same_page_goes_on_from_what_it_saved_itself(world: World, as_person: AsPerson) -> None:
    page, autosave = addresses_of(planned_risk_review(world))
    ben = as_person(world.ben)
    telephone = hidden_fields_of(ben, page)
    for score, comment in (("6", "He w"), ("6", "He walks at night."), ("2", ""), ("", "")):
        assert "saved" in ben.post(autosave, {**posted_score(score, comment), **telephone}).json()
    assert ben.post(page, {**posted_score("4"), **telephone}).status_code == 302
    assert only_score_of(world).score == 4


def test_a_page_that_took_over_a_comment_does_not_undo_the_score_beside_it(world: World, as_person: AsPerson) -> None:
    page, autosave = addresses_of(planned_risk_review(world))
    ben = as_person(world.ben)
    telephone, tablet = hidden_fields_of(ben, page), hidden_fields_of(ben, page)
    ben.post(autosave, {**posted_score("6"), **telephone})
    for comment in ("He walks", "He walks at night."):
        ben.post(autosave, {**posted_score("", comment), **tablet})
    assert (only_score_of(world).score, only_score_of(world).comment) == (6, "He walks at night.")


def test_sent_again_after_both_were_shown_it_is_taken(world: World, as_person: AsPerson) -> None:
    page, autosave = addresses_of(planned_risk_review(world))
    ben = as_person(world.ben)
    telephone, tablet = hidden_fields_of(ben, page), hidden_fields_of(ben, page)
    ben.post(autosave, {**posted_score("6"), **telephone})
    shown = ben.post(page, {**posted_score("1"), **tablet})
    again = {"as_loaded": shown.context["form"]["as_loaded"].value()}
    assert ben.post(page, {**posted_score("1"), **again}).status_code == 302
    assert only_score_of(world).score == 1


def test_agreed_scores_are_compared_in_the_same_way(world: World, as_person: AsPerson) -> None:
    review = risk_review_scored_by_all(world, planned_risk_review(world))
    ann = as_person(world.ann)
    page = reverse("circles:risk_consensus", args=[review.reference])
    autosave = reverse("circles:risk_consensus_autosave", args=[review.reference])
    telephone, tablet = hidden_fields_of(ann, page), hidden_fields_of(ann, page)
    ann.post(autosave, {**posted_score("5", "All of us."), **telephone})
    assert ann.post(autosave, {**posted_score("1", "As before."), **tablet}).status_code == 409
    body = ann.post(page, {**posted_score("1", "As before."), **tablet}).content.decode()
    for words in (TOLD, "All of us.", "As before."):
        assert words in body
    assert RiskAgreed.objects.get(review=review, item__key="alone").score == 5
