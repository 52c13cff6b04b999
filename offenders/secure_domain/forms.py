"""The form to add a secure e-mail domain."""

from __future__ import annotations

from django import forms

from core.forms import Form


class DomainForm(Form):
    """One domain for the list."""

    name = forms.CharField(
        label="Add a domain", max_length=100, help_text="The part after the @, such as pnn.police.uk."
    )
