"""The forms of a safeguarding referral: start it, make it, chase it, record the decision."""

from __future__ import annotations

from django import forms

from concerns.referral.models import Criterion, ReferralDecision, ReferralKind, SafeguardingReferral
from concerns.register.forms import AboutForm, long_text, short_text
from core.forms import Form
from core.forms.listing import ChoiceForm


class ReferralForm(AboutForm):
    kind = forms.ChoiceField(label="To whom", choices=ReferralKind.choices, widget=forms.RadioSelect)
    criterion = forms.ChoiceField(
        label="Which of the LADO’s criteria is met",
        choices=[("", "It does not go to the LADO"), *Criterion.choices],
        required=False,
    )
    made_to = short_text("Which team", "Such as Cambridgeshire MASH.", longest=120)
    what = long_text("What is referred, and why", "What was seen or heard first; what you make of it after.", rows=6)

    field_order = ["kind", "criterion", "made_to", "what", "known_at", "about"]


class MadeForm(Form):
    spoken_to = short_text("Who took it", "A name, or the desk.")
    their_reference = short_text("Their reference", required=False, longest=60)


class ChasedForm(Form):
    spoken_to = long_text("Who did you speak to, and what did they say?")


class DecidedForm(Form):
    decision = forms.ChoiceField(label="What they decided", choices=ReferralDecision.choices, widget=forms.RadioSelect)
    decision_words = long_text("In their words", required=False)
    their_reference = short_text("Their reference, if it is new", required=False, longest=60)


class NotReferredForm(Form):
    reason = long_text("Why it is not referred")


class ReferralFilter(ChoiceForm):
    kind = forms.ChoiceField(label="Referred to", choices=[("", "Any"), *ReferralKind.choices], required=False)
    status = forms.ChoiceField(
        label="Status", choices=[("", "Any"), *SafeguardingReferral.Status.choices], required=False
    )
