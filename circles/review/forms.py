"""Forms: invite people to a review, collect views, and record what was said and decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from circles.minutes.models import LONGEST_ANSWER
from circles.redaction.forms import NamesForm
from circles.review.models import Review, ReviewPerson
from circles.review.operations import Professional
from circles.review.view_models import ReviewDecision, ReviewView
from core.forms import ChangingForm, DateField, Form, NameField, combine_day_and_time, years

if TYPE_CHECKING:
    ReviewPersonChoice = forms.ModelChoiceField[ReviewPerson]
else:
    ReviewPersonChoice = forms.ModelChoiceField


def _long_answer_field(label: str, hint: str = "", *, required: bool = True, rows: int = 6) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _time_field() -> forms.TimeField:
    return forms.TimeField(label="At", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class InviteToReviewForm(ChangingForm):
    day = DateField(label="When is it?", latest=years(2))
    time = _time_field()
    place_code = forms.RegexField(
        label="Place",
        regex=r"^[A-Za-z0-9]{1,8}$",
        max_length=8,
        help_text="A short code the circle knows, such as ELM. Never an address.",
        error_messages={"invalid": "Give a code of up to eight letters and digits, such as ELM."},
    )
    chair = NameField(label="Who chairs it?", max_length=80)
    professionals = _long_answer_field(
        "Who else is invited?",
        "One person a line: name, role, agency. The core member, his volunteers and the named practitioner are "
        "invited without being named here.",
        required=False,
        rows=4,
    )

    def clean_professionals(self) -> list[Professional]:
        """Read each line as name, role and agency."""
        professionals = []
        for line in self.cleaned_data["professionals"].splitlines():
            parts = [word.strip() for word in line.split(",")]
            if line.strip() and (len(parts) != 3 or not all(parts)):
                raise ValidationError(
                    f"Write name, role and agency with two commas between them, such as "
                    f"“Kay Dunn, probation officer, Probation Service”. This line cannot be read: {line.strip()}"
                )
            if line.strip():
                professionals.append(Professional(parts[0][:120], parts[1][:80], parts[2][:80]))
        return professionals

    def clean(self) -> dict[str, Any]:
        """Join day and time into one moment, by the clock in London."""
        cleaned: dict[str, Any] = super().clean() or {}
        day, time = cleaned.pop("day", None), cleaned.pop("time", None)
        if day and time:
            cleaned["planned_for"] = combine_day_and_time(self, day, time)
        return cleaned


class PostponeForm(Form):
    due_on = DateField(label="Until when?", latest=years(2))
    reason = forms.CharField(label="Why?", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ReviewViewForm(ChangingForm):
    words = _long_answer_field(
        "How do you think it is going?",
        "What has gone well, what worries you, what should change? It is read at the review, by the core member "
        "and the agencies too. Name no surnames. Something that worries you now is a concern: raise it as one.",
        rows=8,
    )


class OwnReviewViewForm(ChangingForm):
    how = forms.ChoiceField(label="How did he give it?", choices=ReviewView.How, widget=forms.RadioSelect)
    words = _long_answer_field("What does he think?", "In his own words, as nearly as you can.", required=False, rows=8)


class HoldReviewForm(ChangingForm):
    """When it was held, and one question for each person invited: came, sent an apology, or did not come."""

    day = DateField(label="When was it held?", latest=years(1))
    time = _time_field()
    chair = NameField(label="Who chaired it?", max_length=80)

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(review.people.order_by("pk"))
        for person in self.people:
            role_words = ", ".join(word for word in (person.role, person.agency) if word) or person.get_part_display()
            self.fields[f"came_{person.pk}"] = forms.ChoiceField(
                label=f"{person.name} ({role_words})",
                choices=ReviewPerson.Came,
                widget=forms.RadioSelect,
                error_messages={"required": f"Say whether {person.name} came."},
            )

    def clean(self) -> dict[str, Any]:
        """Turn the answers into what `hold_review` takes: a moment, the chair, and who came."""
        cleaned: dict[str, Any] = super().clean() or {}
        came = {person.pk: cleaned.pop(f"came_{person.pk}", "") for person in self.people}
        day, time = cleaned.pop("day", None), cleaned.pop("time", None)
        if day and time:
            cleaned["held_at"] = combine_day_and_time(self, day, time)
        return {**cleaned, "came": came}


class ReviewPersonField(ReviewPersonChoice):
    def label_from_instance(self, obj: ReviewPerson) -> str:
        return ", ".join(word for word in (obj.name, obj.agency) if word)


class ChaseAbsenceForm(Form):
    person = ReviewPersonField(label="Who did not come?", queryset=ReviewPerson.objects.none())
    words = _long_answer_field("Whom did you ask, and what did they say?", rows=3)

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["person"].queryset = review.people.to_chase().order_by("pk")
        fields["person"].initial = review.people.to_chase().order_by("pk").first()


class ShareReviewForm(NamesForm):
    """Asks only which names are put back or left out."""


class DecideForm(Form):
    decision = forms.ChoiceField(label="What was decided?", choices=ReviewDecision.Decision, widget=forms.RadioSelect)
    reason = _long_answer_field("Why?", "Everybody invited reads this.", rows=4)
    new_end_on = DateField(
        label="If the circle is extended, until when?",
        latest=years(10),
        required=False,
        help_text="For example 27 3 2027",
    )


class WriteReviewForm(Form):
    summary = _long_answer_field(
        "What was said?",
        "What changed in his circumstances, his licence or order, his MAPPA level; what the agencies reported. "
        "The attendance, the views and the restrictions are added from the record.",
        rows=10,
    )
    actions_agreed = _long_answer_field("Who does what, by when?", "One a line.", required=False, rows=4)
