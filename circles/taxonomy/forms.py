"""Forms: pick tags in the log, describe a risk factor, and change the tags themselves."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django import forms

from circles.minutes.models import LONGEST_ANSWER, Minutes
from circles.taxonomy.models import Tag
from core.forms import ChangingForm, Form

Choices = list[tuple[str, list[tuple[str, str]]]]


class GroupedCheckboxes(forms.CheckboxSelectMultiple):
    """Check boxes in groups with headings."""

    template_name = "circles/taxonomy/grouped_checkboxes.html"


def tag_field(kind: Tag.Kind, tags: Iterable[Tag]) -> forms.MultipleChoiceField:
    """A field with the tags of one kind, in their groups."""
    of_kind = [tag for tag in tags if tag.kind == kind]
    grouped: Choices = [
        (str(Tag.Group(group).label) if group else "", [(tag.reference, tag.name) for tag in of_group])
        for group, of_group in groupby(of_kind, key=lambda tag: tag.group)
    ]
    return forms.MultipleChoiceField(label=str(kind.label), choices=grouped, required=False, widget=GroupedCheckboxes)


class RiskForm(ChangingForm):
    """One risk factor: the fact, how it is known, and the opinion in its own box."""

    seen = forms.CharField(
        label="What was seen or heard?",
        help_text="The fact alone. Use initials, not names.",
        max_length=LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    basis = forms.ChoiceField(
        label="How do you know?", choices=Minutes.Basis.choices, required=False, widget=forms.RadioSelect
    )
    opinion = forms.CharField(
        label="What you make of it",
        help_text="Opinion, kept apart from what was seen.",
        max_length=LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TagForm(Form):
    """A new tag."""

    kind = forms.ChoiceField(label="What is it?", choices=Tag.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="The word", max_length=60, help_text="As short as it can be.")
    group = forms.ChoiceField(
        label="Which group?", help_text="For a risk factor only.", choices=Tag.Group.choices, required=False
    )


class RenameForm(ChangingForm):
    name = forms.CharField(label="The word", max_length=60, help_text="Minutes that use it show the new word.")
