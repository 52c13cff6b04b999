"""Forms: agree with the minutes or dissent, and correct approved minutes."""

from __future__ import annotations

from typing import Any

from django import forms

from circles.minutes.models import LONGEST_ANSWER, Minutes
from circles.minutes.sections import correctable_fields
from circles.version.models import Assent, MinutesVersion
from core.forms import ChangingForm, Form


class AssentForm(Form):
    answer = forms.ChoiceField(
        label="You were there. Are these minutes right?",
        choices=Assent.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you agree with these minutes."},
    )
    words = forms.CharField(
        label="What did you see differently?",
        help_text="Only if you did. It is shown with the minutes, under your name. Use initials, not names.",
        max_length=LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def correctable_answers_of(version: MinutesVersion) -> list[tuple[str, str]]:
    """The text answers that are not empty, as field and question."""
    written = [name for name in correctable_fields() if version.answers.get(name)]
    questions: dict[str, Any] = {name: Minutes._meta.get_field(name) for name in written}
    return [(name, str(question.verbose_name)) for name, question in questions.items()]


class CorrectionForm(ChangingForm):
    """The new words of one answer, and why. The page fills in the present words."""

    field = forms.ChoiceField(label="Which answer?", widget=forms.HiddenInput)
    words = forms.CharField(
        label="What should it say?",
        help_text="Leave it empty to remove the answer.",
        max_length=LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    reason = forms.CharField(
        label="Why is it corrected?",
        help_text="Everybody who reads the minutes sees this. Do not write anybody’s details.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, version: MinutesVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["field"].choices = correctable_answers_of(version)
