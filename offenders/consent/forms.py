"""The forms that publish the text, record a consent, and record its withdrawal."""

from __future__ import annotations

from django import forms

from core.forms import ChangingForm, DateField, Form, years
from offenders.consent.models import Consent


class PublishTextForm(ChangingForm):
    words = forms.CharField(
        label="What he agrees to",
        help_text="A new version, in force from today. Whoever agreed to an earlier one goes on under it.",
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    easy_words = forms.CharField(
        label="The same in easy words",
        help_text="One short sentence a line. It is printed in large letters.",
        widget=forms.Textarea(attrs={"rows": 12}),
    )


class ConsentForm(Form):
    """He agreed to the version that the page shows."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32_767)
    given_on = DateField(label="He agreed on", latest=years(1))
    how = forms.ChoiceField(label="How", choices=Consent.How.choices, widget=forms.RadioSelect)
    helped_by = forms.CharField(
        label="Who helped him to understand it",
        required=False,
        max_length=120,
        help_text="Such as an interpreter or a key worker. Leave it empty if nobody did.",
    )


class WithdrawForm(Form):
    withdrawn_on = DateField(label="He said so on", latest=years(1))
    words = forms.CharField(
        label="What he said",
        required=False,
        help_text="In his own words, if he wants them kept.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
