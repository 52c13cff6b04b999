"""The form that adds a sharing agreement."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.forms import AreaField
from accounts.models import Area
from core.forms import TODAY, DateField, Form, years


class SharingForm(Form):
    area = AreaField(label="MAPPA area", queryset=Area.objects.none())
    parties = forms.CharField(label="Who has signed", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.CharField(label="Version", max_length=20)
    signed_on = DateField(label="Signed on", latest=TODAY)
    review_on = DateField(
        label="Holds until", latest=years(20), help_text="The day of its review. It no longer counts after that day."
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        fields: Any = self.fields
        fields["area"].queryset = Area.objects.order_by("name")
