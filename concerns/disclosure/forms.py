"""Forms for a third-party disclosure: the request, in MAPPA's own words, and what the lead agency decided."""

from __future__ import annotations

from django import forms

from concerns.disclosure.models import Soon, WhoNeedsToKnow
from concerns.register.forms import long_text, short_text
from core.forms import Form


class DisclosureForm(Form):
    who_kind = forms.ChoiceField(label="Who needs to know", choices=WhoNeedsToKnow.choices, widget=forms.RadioSelect)
    who = long_text("Who exactly, and how they know him", rows=2)
    why = long_text("Why they need to know", "What risk, to whom, and what they could do about it.", rows=4)
    else_considered = long_text(
        "What else was considered", "Such as telling less, or he tells them himself; and why that is not enough."
    )
    soon = forms.ChoiceField(label="How soon", choices=Soon.choices, widget=forms.RadioSelect)


class PutForm(Form):
    put_to = short_text("Who at the lead agency has it", "A name and a post.")


class DisclosureChaseForm(Form):
    spoken_to = long_text("Whom did you speak to, and what did they say?")


class AgencyDisclosedForm(Form):
    decided_who = short_text("Who at the lead agency decided", "A name and a post, or the MAPPA meeting.")
    decision_words = long_text("The reason they gave")
    conditions = long_text("Their conditions", "Such as what the person may and may not do with it.", required=False)
    volunteers_may_say = long_text(
        "What volunteers may say", "Word for word, if they may say anything at all.", required=False
    )


class AgencyRefusedForm(Form):
    decided_who = short_text("Who at the lead agency decided", "A name and a post, or the MAPPA meeting.")
    decision_words = long_text("The reason they gave")
    volunteers_may_say = long_text("What volunteers may say", required=False)


class SelfDisclosedForm(Form):
    what = long_text("What he told them, and who heard that from whom")


class UndertakingForm(Form):
    undertaking = short_text("Who at the lead agency confirmed that it is signed")
