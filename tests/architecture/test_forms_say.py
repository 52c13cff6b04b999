"""What a form says when something is missing or wrong, over every form there is: what to do, in our words, once."""

from __future__ import annotations

import re

from django import forms
from django.conf import settings

from core.forms.asking import say_what_to_do
from core.forms.base import CleanedForm
from tests.architecture.test_forms import read_all

TEMPLATES = settings.ROOT / "templates"
SUMMARY = "forms/error_summary.html"
A_LIBRARYS = re.compile(
    r"This field|Select a valid|Enter a |Enter an |Ensure |Null characters|is not one of the available|“%\(pk\)s”"
)


def test_no_field_of_any_form_says_a_librarys_sentence() -> None:
    said = []
    for form in read_all():
        for name, field in form.base_fields.items():
            say_what_to_do(field, name=name)
            said += [
                f"{form.__qualname__}.{name}: {code}: {words}"
                for code, words in field.error_messages.items()
                if A_LIBRARYS.search(str(words))
            ]
    assert said == []


def test_no_kind_of_field_says_a_librarys_sentence() -> None:
    """Of the fields that forms make while they are made, too: each kind that Django has."""
    made = [
        forms.CharField,
        forms.IntegerField,
        forms.DecimalField,
        forms.FloatField,
        forms.TimeField,
        forms.EmailField,
        forms.BooleanField,
        forms.ChoiceField,
        forms.TypedChoiceField,
        forms.MultipleChoiceField,
        forms.UUIDField,
        forms.TypedMultipleChoiceField,
        forms.DurationField,
        forms.JSONField,
    ]
    for kind in made:
        field = kind(label="How often")
        say_what_to_do(field, name="often")
        assert [str(words) for words in field.error_messages.values() if A_LIBRARYS.search(str(words))] == [], kind
        assert "“How often”" in field.error_messages["required"]


def test_words_of_ones_own_stay() -> None:
    field = forms.CharField(error_messages={"required": "Say why."})
    say_what_to_do(field, name="why")
    assert field.error_messages["required"] == "Say why."


def test_ben_is_told_what_to_do_about_a_field_made_while_the_form_was() -> None:
    class Drawn(CleanedForm):
        def __init__(self, data: dict[str, str]) -> None:
            super().__init__(data)
            self.fields["how"] = forms.ChoiceField(label="How?", choices=[("bus", "By bus")])
            self.fields["words"] = forms.CharField(label="What happened", max_length=3)

    assert Drawn({}).errors == {
        "how": ["Choose an answer under “How?”."],
        "words": ["Write an answer under “What happened”."],
    }
    assert Drawn({"how": "tram", "words": "four"}).errors == {
        "how": ["That is not one of the answers offered under “How?”. Choose again."],
        "words": ["Write at most 3 characters under “What happened”: there are 4 now."],
    }


def templates_below(layout: str) -> set[str]:
    """Every template that stands on this one, by whatever steps."""
    texts = {str(path.relative_to(TEMPLATES)): path.read_text() for path in TEMPLATES.rglob("*.html")}
    found = {layout}
    while more := {
        name for name, text in texts.items() if name not in found and any(f'extends "{one}"' in text for one in found)
    }:
        found |= more
    return found - {layout}


def test_a_page_with_a_form_says_once_what_is_wrong() -> None:
    """The layout draws the summary; a page that draws its own first empties the layout's place for it."""
    twice = [
        name
        for name in templates_below("layouts/form_page.html")
        if (SUMMARY in (text := (TEMPLATES / name).read_text()) or "{{ form }}" in text) and "block errors" not in text
    ]
    assert twice == []
