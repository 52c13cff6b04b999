"""The forms to choose, answer and override criteria, and to draft a version of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms

from accounts.models import User
from core.forms import ChangingForm, Form
from core.forms.rows import RowSelect
from offenders.eligibility.models import CriteriaSet, Criterion, CriterionAnswer, CriterionKind
from offenders.eligibility.operations import Given
from offenders.referral.forms import long_words
from offenders.referral.models import LONGEST

if TYPE_CHECKING:
    CriteriaChoice = forms.ModelChoiceField[CriteriaSet]
else:
    CriteriaChoice = forms.ModelChoiceField


class BeginScreeningForm(Form):
    criteria = CriteriaChoice(
        label="Which programme or contract",
        queryset=CriteriaSet.objects.none(),
        widget=RowSelect(if_none="No criteria are published. A manager drafts and publishes them."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["criteria"].queryset = CriteriaSet.objects.visible_to(by).in_force().order_by("name")


class CriteriaForm(ChangingForm):
    """Every criterion with its answer and its evidence."""

    def __init__(
        self, *args: Any, criteria: Iterable[Criterion], answers: dict[int, CriterionAnswer], **kwargs: Any
    ) -> None:
        self.criteria = list(criteria)
        first: dict[str, str] = {}
        for key, answer in answers.items():
            first |= {f"answer_{key}": answer.answer, f"evidence_{key}": answer.evidence}
        super().__init__(*args, initial=first, **kwargs)
        for criterion in self.criteria:
            self.fields[f"answer_{criterion.pk}"] = forms.ChoiceField(
                label=criterion.words,
                help_text=f"{criterion.get_kind_display()}. {criterion.hint}".strip(),
                choices=CriterionAnswer.Answer.choices,
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"evidence_{criterion.pk}"] = forms.CharField(
                label=f"What shows it: {criterion.words}",
                max_length=LONGEST,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def given(self) -> dict[int, Given]:
        """The criteria that were answered, by key."""
        said = self.cleaned_data
        return {
            criterion.pk: Given(said[f"answer_{criterion.pk}"], said.get(f"evidence_{criterion.pk}", ""))
            for criterion in self.criteria
            if said.get(f"answer_{criterion.pk}")
        }


class OverrideForm(Form):
    reason = long_words("Why does it not count here?")


class DraftCriteriaForm(Form):
    name = forms.CharField(
        label="The programme or contract",
        max_length=120,
        help_text="The name of one that has criteria drafts its next version; a new name its first.",
    )


class CriterionForm(Form):
    kind = forms.ChoiceField(label="What kind it is", choices=CriterionKind.choices, widget=forms.RadioSelect)
    words = forms.CharField(label="What must, should or must not be so", max_length=200)
    hint = forms.CharField(label="How to tell", max_length=300, required=False)
