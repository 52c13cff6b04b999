"""Inviting people to a review, collecting views, and recording what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from circles.minutes.models import LONGEST
from circles.redaction.forms import NamesForm
from circles.review.models import Review, ReviewPerson
from circles.review.operations import Professional
from circles.review.view_models import ReviewDecision, ReviewView
from core.forms import ChangingForm, DateField, Form, NameField, combined, years

if TYPE_CHECKING:
    ReviewPersonChoice = forms.ModelChoiceField[ReviewPerson]
else:
    ReviewPersonChoice = forms.ModelChoiceField


def long_answer(label: str, hint: str = "", *, required: bool = True, rows: int = 6) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows})
    )


def time_of_day() -> forms.TimeField:
    return forms.TimeField(label="At", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class InviteForm(ChangingForm):
    day = DateField(label="When is it?", latest=years(2))
    time = time_of_day()
    place_code = forms.RegexField(
        label="Place",
        regex=r"^[A-Za-z0-9]{1,8}$",
        max_length=8,
        help_text="A short code the circle knows, such as ELM. Never an address.",
        error_messages={"invalid": "Give a code of up to eight letters and digits, such as ELM."},
    )
    chair = NameField(label="Who chairs it?", max_length=80)
    professionals = long_answer(
        "Who else is invited?",
        "One person a line: name, role, agency. The core member, his volunteers and the named practitioner are "
        "invited without being named here.",
        required=False,
        rows=4,
    )

    def clean_professionals(self) -> list[Professional]:
        """Name, role and agency of each line."""
        told = []
        for line in self.cleaned_data["professionals"].splitlines():
            words = [word.strip() for word in line.split(",")]
            if line.strip() and (len(words) != 3 or not all(words)):
                raise ValidationError(
                    f"Write name, role and agency with two commas between them, such as "
                    f"“Kay Dunn, probation officer, Probation Service”. This line cannot be read: {line.strip()}"
                )
            if line.strip():
                told.append(Professional(words[0][:120], words[1][:80], words[2][:80]))
        return told

    def clean(self) -> dict[str, Any]:
        """Day and time as one moment of London's clock."""
        given: dict[str, Any] = super().clean() or {}
        day, time = given.pop("day", None), given.pop("time", None)
        if day and time:
            given["planned_for"] = combined(self, day, time)
        return given


class PostponeForm(Form):
    due_on = DateField(label="Until when?", latest=years(2))
    reason = forms.CharField(label="Why?", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ViewForm(ChangingForm):
    words = long_answer(
        "How do you think it is going?",
        "What has gone well, what worries you, what should change? It is read at the review, by the core member "
        "and the agencies too. Name no surnames. Something that worries you now is a concern: raise it as one.",
        rows=8,
    )


class OwnViewForm(ChangingForm):
    how = forms.ChoiceField(label="How did he give it?", choices=ReviewView.How, widget=forms.RadioSelect)
    words = long_answer("What does he think?", "In his own words, as nearly as you can.", required=False, rows=8)


class HoldForm(ChangingForm):
    """One question for everybody who was invited: came, apology, or did not come."""

    day = DateField(label="When was it held?", latest=years(1))
    time = time_of_day()
    chair = NameField(label="Who chaired it?", max_length=80)

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(review.people.order_by("pk"))
        for person in self.people:
            said = ", ".join(word for word in (person.role, person.agency) if word) or person.get_part_display()
            self.fields[f"came_{person.pk}"] = forms.ChoiceField(
                label=f"{person.name} ({said})",
                choices=ReviewPerson.Came,
                widget=forms.RadioSelect,
                error_messages={"required": f"Say whether {person.name} came."},
            )

    def clean(self) -> dict[str, Any]:
        """As the operation takes it: a moment, the chair, and who came."""
        given: dict[str, Any] = super().clean() or {}
        came = {person.pk: given.pop(f"came_{person.pk}", "") for person in self.people}
        day, time = given.pop("day", None), given.pop("time", None)
        if day and time:
            given["held_at"] = combined(self, day, time)
        return {**given, "came": came}


class ReviewPersonField(ReviewPersonChoice):
    def label_from_instance(self, obj: ReviewPerson) -> str:
        return ", ".join(word for word in (obj.name, obj.agency) if word)


class ChaseForm(Form):
    person = ReviewPersonField(label="Who did not come?", queryset=ReviewPerson.objects.none())
    words = long_answer("Whom did you ask, and what did they say?", rows=3)

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["person"].queryset = review.people.to_chase().order_by("pk")
        fields["person"].initial = review.people.to_chase().order_by("pk").first()


class ShareReviewForm(NamesForm):
    """Nothing is asked but what is to become of the names found in it."""


class DecideForm(Form):
    decision = forms.ChoiceField(label="What was decided?", choices=ReviewDecision.Decision, widget=forms.RadioSelect)
    reason = long_answer("Why?", "Everybody invited reads this.", rows=4)
    new_end_on = DateField(
        label="If the circle is extended, until when?",
        latest=years(10),
        required=False,
        help_text="For example 27 3 2027",
    )


class WriteForm(Form):
    summary = long_answer(
        "What was said?",
        "What changed in his circumstances, his licence or order, his MAPPA level; what the agencies reported. "
        "The attendance, the views and the restrictions are added from the record.",
        rows=10,
    )
    actions_agreed = long_answer("Who does what, by when?", "One a line.", required=False, rows=4)
