"""Fields for names, e-mail addresses, references and telephone numbers."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.references import ReferenceConverter, reference_of
from core.telephones import TYPED, readable_number_of, stored_number_of
from core.typed import alphabets_of


class NameField(forms.CharField):
    """A name, in letters of one alphabet, so that no name can look like another person's."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not any(letter.isalpha() for letter in value):
            raise ValidationError("Write the name in letters.", code="no_letters")
        alphabets = sorted(name.capitalize() for name in alphabets_of(value))
        if len(alphabets) > 1:
            raise ValidationError(
                f"This name mixes letters of two alphabets, {' and '.join(alphabets)}, which look alike. "
                "Write all of it in one of them.",
                code="mixed",
            )


class EmailField(forms.EmailField):
    """An e-mail address in the letters a to z. Other alphabets have letters that look the same and lead to somebody else."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value.isascii():
            raise ValidationError(
                "This e-mail address has a letter that is not a plain one. Type it by hand.", code="not_plain"
            )


class ReferenceField(forms.CharField):
    """A reference as people type it (c 0142, C0142). Its value is as records hold it: C-0142."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {}).setdefault(
            "invalid", "Write the reference in letters and digits, such as EE-2417-K."
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return reference_of(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not re.fullmatch(ReferenceConverter.canonical, value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")


class TelephoneField(forms.CharField):
    """A telephone number in any usual form, with its extension. Its value is the international form."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", TYPED)
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return readable_number_of(value) if isinstance(value, str) and value.startswith("+") else value

    def clean(self, value: Any) -> str:
        written = str(super().clean(value))
        if not written:
            return written
        number = stored_number_of(written)
        if number is None:
            raise ValidationError(
                "Write the number as you dial it, such as 01480 456111 or 01480 456111 ext 12.", code="invalid"
            )
        return number
