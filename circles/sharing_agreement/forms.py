"""Writing an agreement on sharing with agencies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from accounts.models import Area
from core.forms import TODAY, DateField, Form, years

if TYPE_CHECKING:
    AreaChoice = forms.ModelChoiceField[Area]
else:
    AreaChoice = forms.ModelChoiceField


class AreaField(AreaChoice):
    def label_from_instance(self, obj: Area) -> str:
        return obj.name


class SharingForm(Form):
    area = AreaField(label="MAPPA area", queryset=Area.objects.none())
    parties = forms.CharField(label="Who has signed", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.CharField(label="Version", max_length=20)
    signed_on = DateField(label="Signed on", latest=TODAY)
    review_on = DateField(
        label="Holds until", latest=years(20), help_text="The day of its review. After it, it no longer counts."
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        fields: Any = self.fields
        fields["area"].queryset = Area.objects.order_by("name")
