"""The forms for a mobile number and for the code texted to it."""

from __future__ import annotations

from django import forms

from core.forms import Form


class NumberForm(Form):
    number = forms.CharField(
        label="Your mobile number",
        help_text="Such as 07700 900123. We text only what cannot wait, and say only that something needs you.",
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": "Write your mobile number."},
    )


class CodeForm(Form):
    code = forms.CharField(
        label="The code we texted",
        help_text="Six figures. It lasts 15 minutes.",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": "Write the six figures of the text."},
    )
