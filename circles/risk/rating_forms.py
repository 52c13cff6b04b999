"""Scoring the items of a risk review: one domain a page for a rater, all of them for the consensus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from circles.instrument.models import Instrument, InstrumentItem, Scored
from circles.minutes.models import LONGEST
from circles.risk.rating_operations import Given
from core.forms import ChangingForm

NOT_KNOWN = "not-known"
NOT_KEPT = (
    "Not saved: number {numbers} was changed since you opened this page, by somebody else or on another device of yours. "
    "Go on from here, and both are shown."
)


class ScaleTaps(forms.RadioSelect):
    """The scores side by side, each a tap, and “Not enough information” under them."""

    option_template_name = "circles/risk/risk_tap.html"


@dataclass(frozen=True)
class Row:
    """One item on the page: its words, its two fields."""

    item: InstrumentItem
    score: BoundField
    comment: BoundField


class ItemsForm(ChangingForm):
    """Some items, filled with what is saved. Nothing is required until the scores are sent."""

    def __init__(
        self, data: Any = None, *, items: Iterable[InstrumentItem], instrument: Instrument, kept: Mapping[int, Scored]
    ) -> None:
        self.items = list(items)
        self.kept = {item.key: kept[item.pk] for item in self.items if item.pk in kept}
        super().__init__(data)
        choices = [(str(score), words) for score, words in instrument.steps]
        for item in self.items:
            there = kept.get(item.pk)
            self.fields[f"score-{item.key}"] = forms.ChoiceField(
                label=f"{item.number}. {item.text}",
                choices=[*choices, (NOT_KNOWN, "Not enough information")],
                required=False,
                widget=ScaleTaps,
                initial=written(there),
            )
            self.fields[f"comment-{item.key}"] = forms.CharField(
                label=f"Comment on {item.number}",
                help_text="What was seen or heard. Use initials, not names.",
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=there.comment if there else "",
            )

    def is_own_change(self, name: str) -> bool:
        which, _, key = name.partition("-")
        there = self.kept.get(key)
        return there is not None and bool(self.page) and getattr(there, f"{which}_from") == self.page

    @property
    def not_kept(self) -> str:
        """What is said in place of “saved” when some of it was changed elsewhere meanwhile."""
        numbers = [
            str(row.item.number)
            for row in self.rows
            if {row.score.name, row.comment.name} & set(self.changed_meanwhile)
        ]
        return NOT_KEPT.format(numbers=", ".join(numbers)) if numbers else ""

    @property
    def rows(self) -> list[Row]:
        return [Row(item, self[f"score-{item.key}"], self[f"comment-{item.key}"]) for item in self.items]

    def answers(self) -> dict[str, Given]:
        """What was sent and is well formed, by item; an item of which nothing was sent is left alone."""
        given = {}
        for item in self.items:
            score, comment = f"score-{item.key}", f"comment-{item.key}"
            if not {score, comment} & set(self.data) or not {score, comment} <= set(self.cleaned_data):
                continue
            said = self.cleaned_data[score]
            known = int(said) if said and said != NOT_KNOWN else None
            given[item.key] = Given(known, said == NOT_KNOWN, self.cleaned_data[comment])
        return given


def written(there: Scored | None) -> str:
    """An answer as the taps say it."""
    if there is None:
        return ""
    return NOT_KNOWN if there.not_known else "" if there.score is None else str(there.score)
