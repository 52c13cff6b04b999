"""Forms: agree with the minutes or dissent; open an answer of approved minutes, and correct it."""

from __future__ import annotations

from typing import Any

from django import forms

from circles.minutes.models import LONGEST_ANSWER
from circles.minutes.readers import is_for_the_circle
from circles.minutes.sections import correctable_fields, question_in_words
from circles.version.models import Assent, MinutesVersion
from circles.version.opening_models import WHY_LENGTH
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
    """The text answers that are not empty, as field and question. What was written for the coordinator says so."""
    written = [name for name in correctable_fields() if version.answers.get(name)]
    return [(name, question_in_words(name) + ("" if is_for_the_circle(name) else FOR_HER)) for name in written]


FOR_HER = " (written for the coordinator alone)"


class OpenAnswerForm(Form):
    """Which answer is to be corrected, and why. Only then is it shown."""

    field = forms.ChoiceField(
        label="Which answer is to be corrected?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is to be corrected."},
    )
    reason = forms.CharField(
        label="Why is it corrected?",
        help_text="Everybody who reads the minutes sees this, and the trail keeps it. Do not write anybody’s details.",
        max_length=WHY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, version: MinutesVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["field"].choices = correctable_answers_of(version)


class CorrectionForm(ChangingForm):
    """The new words of the answer that was opened. The page fills in the present words."""

    words = forms.CharField(
        label="What should it say?",
        help_text="Leave it empty to remove the answer.",
        max_length=LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
