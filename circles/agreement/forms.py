"""Forms to publish and sign the agreement, and to record the core member's signature and the briefing."""

from __future__ import annotations

from django import forms

from core.forms import ChangingForm, DateField, Form, years


class HisSignatureForm(Form):
    signed_on = DateField(
        label="He signed on", latest=years(1), help_text="He signs on paper; keep it with the circle’s papers."
    )


class BriefingForm(Form):
    held_on = DateField(label="Held on", latest=years(1))
    attendees = forms.CharField(
        label="Who briefed, and who was there", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    topics = forms.CharField(
        label="What was covered",
        max_length=300,
        help_text="Headings alone, such as offences, risk, goals. What was said stays in the room.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SignForm(Form):
    """Sign the version that the page shows."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32_767)


class PublishForm(ChangingForm):
    words = forms.CharField(
        label="The agreement",
        help_text="A new version, in force from today. Every circle signs it before it starts or meets again.",
        widget=forms.Textarea(attrs={"rows": 16}),
    )
