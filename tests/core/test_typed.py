"""What people type, before anything sees it."""

from __future__ import annotations

import unicodedata

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from core.forms import EmailField, Form, NameField
from core.typed import code_of, is_blank, line_of, narrative_of

UNSEEN = (
    letter
    for letter in map(chr, range(0x110000))
    if unicodedata.category(letter) in {"Cc", "Cs", "Co", "Cn", "Zs", "Zl", "Zp", "Mn", "Me"}
    or letter in "\u200b\u200c\u200d\u200e\u202e\u2060\u00ad\ufeff\u115f\u1160\u17b4\u2800\u3164\uffa0"
)
"""Letters that nobody can see: looked for when they are asked for, and once."""


class Told(Form):
    name = NameField(label="Name")
    mail = EmailField(label="Mail")
    words = forms.CharField(label="Words", widget=forms.Textarea)


def clean_form(**sent: str) -> Told:
    return Told({"name": "Ann", "mail": "ann@example.org", "words": "He was late.", **sent})


@pytest.mark.parametrize("field", ["name", "words"])
@pytest.mark.parametrize(
    "unseen", ["\u200b", "\u3164", "\u202e", "\u00ad\u2060", "\ufeff \u00a0", "\x00", "\u2800", "\u0301"]
)
def test_a_text_that_nobody_can_see_is_empty(field: str, unseen: str) -> None:
    assert clean_form(**{field: unseen * 3}).errors[field] == [f"Write an answer under “{field.capitalize()}”."]


def test_no_letter_that_is_not_seen_stands_alone_in_any_text() -> None:
    wrong = [hex(ord(letter)) for letter in UNSEEN if line_of(letter) or narrative_of(letter)]
    assert wrong == []


def test_a_name_keeps_nothing_that_turns_it_round_or_hides_in_it() -> None:
    form = clean_form(name="Ann\u202e \u00a0Farro\u200bwby\u00ad")
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Ann Farrowby"


@pytest.mark.parametrize("name", ["Zoë Łukasiewicz", "Siân ŵ", "Анна Петрова", "Άννα", "李雷", "O’Neill-Park", "عمر"])
def test_people_are_called_what_they_are_called(name: str) -> None:
    form = clean_form(name=name)
    assert form.is_valid()
    assert form.cleaned_data["name"] == unicodedata.normalize("NFKC", name)


@pytest.mark.parametrize("name", ["\u0410nn Farrowby", "Ann F\u03b1rrowby", "\u0555nn"])
def test_a_name_of_two_alphabets_that_look_alike_is_refused(name: str) -> None:
    assert "mixes letters of two alphabets" in clean_form(name=name).errors["name"][0]


def test_a_name_has_letters() -> None:
    assert clean_form(name="12 – 3").errors["name"] == ["Write the name in letters."]


def test_an_address_with_a_letter_that_only_looks_plain_is_refused() -> None:
    assert "mail" in clean_form(mail="ann@ex\u0430mple.org").errors
    assert clean_form(mail="\u200bann@example.org\u00a0").is_valid()


def test_text_pasted_from_word_keeps_its_words_and_its_lines() -> None:
    pasted = "He said “no”.\x0b• one\u2028• two\r\nthe\u00a0end\x07 – caf\u0065\u0301"
    assert narrative_of(pasted) == "He said “no”.\n• one\n• two\nthe end – caf\u00e9"


def test_an_emoji_of_several_parts_and_a_persian_word_stay_whole_in_narrative() -> None:
    for word in ("👩\u200d👧", "می\u200cخواهم", "❤\ufe0f"):
        assert narrative_of(f"She wrote {word}") == f"She wrote {word}"


def test_a_half_stays_a_half() -> None:
    assert line_of("10½ miles, 5 m²") == "10½ miles, 5 m²"


@pytest.mark.parametrize(
    "typed", ["123 456", "123-456", "123\u00a0456", "123\u2011456", "\u200b123456", "１２３４５６"]
)
def test_a_code_is_read_as_it_is_shown_and_copied(typed: str) -> None:
    assert code_of(typed) == "123456"


@given(st.text())
def test_a_text_that_was_cleaned_is_clean(text: str) -> None:
    for clean in (line_of, narrative_of):
        assert clean(clean(text)) == clean(text)
        assert (clean(text) == "") is is_blank(clean(text))
        assert not set(clean(text)) & set("\x00\u200b\u202e\u2066\u3164\ufeff\r\x0b\u2028")
    assert "\n" not in line_of(text)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P"], max_codepoint=0x24F)))
def test_narrative_loses_no_letter(text: str) -> None:
    assert "".join(narrative_of(text).split()) == "".join(
        unicodedata.normalize("NFC", text).replace("\xad", "").split()
    )
