"""What each field says when it is empty or holds what it cannot take: what to do, with the field's own name.

Django's own sentences ("This field is required.") are said by no form of the service. A field that has words of its
own keeps them.
"""

from __future__ import annotations

from django import forms

from core.forms.days import EXAMPLE as A_DAY
from core.forms.days import DateField

CHOOSES = (forms.ChoiceField, forms.ModelChoiceField)
"""Fields answered by choosing; check boxes, of which several may be ticked, are kinds of them to Django."""

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
    """Put our words in the place of each message that is still Django's."""
    named = f"“{(field.label or in_words(name)).rstrip('.')}”"
    for code, sentence in {**sentences_of(field), **LENGTHS}.items():
        if code not in field.error_messages or is_a_librarys(field, code):
            field.error_messages[code] = sentence.format(named=named)


def in_words(name: str) -> str:
    """A field without a label is called by its name: new_password is “New password”."""
    return name.replace("_", " ").capitalize()


def is_a_librarys(field: forms.Field, code: str) -> bool:
    """Still what Django's own class of field says, and nobody's choice of words."""
    return any(
        kind.__module__.startswith("django.")
        and str(kind.__dict__.get("default_error_messages", {}).get(code, "")) == str(field.error_messages[code])
        for kind in type(field).__mro__
    )


def sentences_of(field: forms.Field) -> dict[str, str]:
    """What this kind of field asks for."""
    if isinstance(field, TICKS):
        asked = {"required": "Tick at least one answer under {named}."}
        return {**asked, **dict.fromkeys(["invalid_choice", "invalid_list", "invalid_pk_value"], GONE)}
    if isinstance(field, CHOOSES):
        return {"required": "Choose an answer under {named}.", "invalid_choice": GONE}
    if isinstance(field, DateField):
        return {"required": f"Write the day under {{named}}. {A_DAY}", "incomplete": A_DAY, "invalid": A_DAY}
    return next((said for kind, said in KINDS if isinstance(field, kind)), WORDS)


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
