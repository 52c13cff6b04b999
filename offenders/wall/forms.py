"""The forms to put somebody on a core member's wall, and to take them off."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import User
from core.forms import Form, ReferenceField
from offenders.core_member.forms import PersonField
from offenders.core_member.wall_models import BreakGlass, WallEntry
from offenders.wall.access import people_for_a_wall


def _reason(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, help_text=help_text, widget=forms.Textarea(attrs={"rows": 2}))


class WallEntryForm(Form):
    kind = forms.ChoiceField(
        label="What is it?",
        choices=[
            (WallEntry.Kind.DENY, "This person must not see him"),
            (WallEntry.Kind.ALLOW, "Only people on a list may see him, and this person is on it"),
        ],
        widget=forms.RadioSelect,
    )
    person = PersonField(label="Who", queryset=User.objects.none())
    reason = _reason("Why?", "Such as “She is his sister.” Whoever leads him reads it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["person"].queryset = people_for_a_wall()


class BreakGlassForm(Form):
    reference = ReferenceField(
        max_length=20,
        label="His reference",
        help_text="Such as EE-2417-K.",
        error_messages={"invalid": "Write the reference in letters, digits and hyphens, such as EE-2417-K."},
    )
    reason = _reason("Why can it not wait?", "Whoever coordinates him reads it at once.")


class GlassReviewForm(Form):
    outcome = forms.ChoiceField(label="Was it right?", choices=BreakGlass.Outcome.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="What you found, and what follows", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class NonAssociationForm(Form):
    reference = ReferenceField(
        max_length=20,
        label="The other’s reference",
        help_text="Such as EE-2417-K.",
        error_messages={"invalid": "Write the reference in letters, digits and hyphens, such as EE-2417-K."},
    )
    reason = _reason("Why?", "Such as “His licence says so.” No names.")


class EndNonAssociationForm(Form):
    reason = _reason("Why may they meet?", "Such as “His probation officer lifted the condition on 3 March.”")


class EndWallEntryForm(Form):
    reason = _reason("Why does it end?", "Such as “They no longer live together.”")
