"""The error messages of each kind of field. They name the field and say what to do.

They replace Django's own ("This field is required."). A field that has messages of its own keeps them.
"""

from __future__ import annotations

from django import forms

from core.forms.days import EXAMPLE as A_DAY
from core.forms.days import DateField

CHOOSES = (forms.ChoiceField, forms.ModelChoiceField)
"""Fields answered by choosing. In Django check boxes are choice fields too, so they are looked for first."""

TICKS = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)

LENGTHS = {
    "max_length": "Write at most %(limit_value)d characters under {named}: there are %(show_value)d now.",
    "min_length": "Write at least %(limit_value)d characters under {named}: there are %(show_value)d now.",
    "max_value": "Write %(limit_value)s or less under {named}.",
    "min_value": "Write %(limit_value)s or more under {named}.",
    "max_digits": "Write a shorter number under {named}.",
    "max_decimal_places": "Write at most %(max)s figures after the point under {named}.",
    "max_whole_digits": "Write a smaller number under {named}.",
    "null_characters_not_allowed": "Type again what stands under {named}: it holds a character that cannot be kept.",
    "overflow": "Write a shorter number under {named}.",
}

GONE = "That is not one of the answers offered under {named}. Choose again."


def say_what_to_do(field: forms.Field, *, name: str) -> None:
    """Replace each message of the field that is still Django's with one of ours."""
    named = f"“{(field.label or _name_in_words(name)).rstrip('.')}”"
    for code, sentence in {**_sentences_of(field), **LENGTHS}.items():
        if code not in field.error_messages or _is_djangos_own(field, code):
            field.error_messages[code] = sentence.format(named=named)


def _name_in_words(name: str) -> str:
    """What to call a field without a label: new_password is “New password”."""
    return name.replace("_", " ").capitalize()


def _is_djangos_own(field: forms.Field, code: str) -> bool:
    """Whether this message of the field is still Django's own."""
    return any(
        kind.__module__.startswith("django.")
        and str(kind.__dict__.get("default_error_messages", {}).get(code, "")) == str(field.error_messages[code])
        for kind in type(field).__mro__
    )


def _sentences_of(field: forms.Field) -> dict[str, str]:
    """Our messages for this kind of field, by error code."""
    if isinstance(field, TICKS):
        required = {"required": "Tick at least one answer under {named}."}
        return {**required, **dict.fromkeys(["invalid_choice", "invalid_list", "invalid_pk_value"], GONE)}
    if isinstance(field, CHOOSES):
        return {"required": "Choose an answer under {named}.", "invalid_choice": GONE}
    if isinstance(field, DateField):
        return {"required": f"Write the day under {{named}}. {A_DAY}", "incomplete": A_DAY, "invalid": A_DAY}
    return next((sentences for kind, sentences in KINDS if isinstance(field, kind)), WORDS)


WORDS = {"required": "Write an answer under {named}.", "invalid": "Write something else under {named}."}

KINDS: list[tuple[type[forms.Field], dict[str, str]]] = [
    (forms.BooleanField, {"required": "Tick {named} to go on."}),
    (forms.TimeField, dict.fromkeys(["required", "invalid"], "Write a time under {named}, such as 18:30.")),
    (
        forms.EmailField,
        {
            "required": "Write an e-mail address under {named}.",
            "invalid": "Write a whole e-mail address under {named}, such as name@example.org.",
        },
    ),
    (forms.IntegerField, dict.fromkeys(["required", "invalid"], "Write a number under {named}.")),
]
