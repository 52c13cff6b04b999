"""The form that scores the items of a risk review: one domain for a rater, all items for the agreed scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from circles.instrument.models import Instrument, InstrumentItem, Scored
from circles.minutes.models import LONGEST_ANSWER
from circles.risk.rating_operations import ItemAnswer
from core.forms import ChangingForm

NOT_KNOWN = "not-known"
NOT_KEPT = (
    "Not saved: number {numbers} was changed since you opened this page, by somebody else or on another device of yours. "
    "Press the button below, and you see both."
)


class ScaleTaps(forms.RadioSelect):
    """Radio buttons drawn as taps: the scores in a row, “Not enough information” below them."""

    option_template_name = "circles/risk/risk_tap.html"


@dataclass(frozen=True)
class ItemRow:
    """One item on the page, with its two fields."""

    item: InstrumentItem
    score: BoundField
    comment: BoundField


class ItemsForm(ChangingForm):
    """A score and a comment for each item, filled with `saved_scores`. Nothing is required until sending."""

    def __init__(
        self,
        data: Any = None,
        *,
        items: Iterable[InstrumentItem],
        instrument: Instrument,
        saved_scores: Mapping[int, Scored],
    ) -> None:
        self.items = list(items)
        self.saved_scores = {item.key: saved_scores[item.pk] for item in self.items if item.pk in saved_scores}
        super().__init__(data)
        choices = [(str(score), words) for score, words in instrument.steps]
        for item in self.items:
            saved = saved_scores.get(item.pk)
            self.fields[f"score-{item.key}"] = forms.ChoiceField(
                label=f"{item.number}. {item.text}",
                choices=[*choices, (NOT_KNOWN, "Not enough information")],
                required=False,
                widget=ScaleTaps,
                initial=_tap_value_of(saved),
            )
            self.fields[f"comment-{item.key}"] = forms.CharField(
                label=f"Comment on {item.number}",
                help_text="What was seen or heard. Use initials, not names.",
                required=False,
                max_length=LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=saved.comment if saved else "",
            )

    def is_own_change(self, name: str) -> bool:
        part, _, key = name.partition("-")
        saved = self.saved_scores.get(key)
        return saved is not None and bool(self.page) and getattr(saved, f"{part}_from") == self.page

    @property
    def not_kept(self) -> str:
        """The message instead of “saved”, if something was changed elsewhere meanwhile; else empty."""
        numbers = [
            str(row.item.number)
            for row in self.rows
            if {row.score.name, row.comment.name} & set(self.changed_meanwhile)
        ]
        return NOT_KEPT.format(numbers=", ".join(numbers)) if numbers else ""

    @property
    def rows(self) -> list[ItemRow]:
        return [ItemRow(item, self[f"score-{item.key}"], self[f"comment-{item.key}"]) for item in self.items]

    def answers(self) -> dict[str, ItemAnswer]:
        """The valid answers, by item key. An item that the page did not send is not in it."""
        given = {}
        for item in self.items:
            score, comment = f"score-{item.key}", f"comment-{item.key}"
            if not {score, comment} & set(self.data) or not {score, comment} <= set(self.cleaned_data):
                continue
            chosen = self.cleaned_data[score]
            score_given = int(chosen) if chosen and chosen != NOT_KNOWN else None
            given[item.key] = ItemAnswer(score_given, chosen == NOT_KNOWN, self.cleaned_data[comment])
        return given


def _tap_value_of(saved: Scored | None) -> str:
    """The value of the tap that is chosen, empty for none."""
    if saved is None:
        return ""
    return NOT_KNOWN if saved.not_known else "" if saved.score is None else str(saved.score)
