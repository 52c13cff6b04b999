"""One folding for every comparison of names."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from core.names import APOSTROPHES, folded_name_of, is_same_name

SPACES = " \u00a0\u2009\u202f\t"
HYPHENS = "-‐‑–—−﹣－"
UNSEEN = "\u00ad\u200b\u200d\ufeff\u2060\u3164"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ben O'Neill", "Ben O’Neill"),
        ("Zoë Łukasz", "zoe lukasz"),
        ("Siân Ŵyn-Rees", "SIAN WYN‑REES"),
        ("Bjørn Straße", "Bjorn Strasse"),
        ("Ann\u00a0 Lee", "ann lee"),
        ("Ｊｏ Ａｓｈｂｙ", "Jo Ashby"),
        ("A\u200bnn Lee", "Ann Lee"),
    ],
)
def test_the_same_name_typed_in_two_ways_is_one(one: str, other: str) -> None:
    assert is_same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Ann Lee", "Ann Leigh"), ("O'Neill", "Neill"), ("李雷", "李蕾"), ("Ann", "")]
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert not is_same_name(one, other)


@given(
    st.lists(st.text(alphabet="abcdefghijklmnopqrstuvwxyzéŵłøñ", min_size=1, max_size=8), min_size=1, max_size=4),
    st.sampled_from(SPACES),
    st.sampled_from(HYPHENS),
    st.sampled_from(sorted(APOSTROPHES)),
    st.sampled_from(UNSEEN),
    st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
)
def test_no_keyboard_makes_another_name_of_it(
    words: list[str], space: str, hyphen: str, apostrophe: str, unseen: str, form: str
) -> None:
    plainly = " ".join(["O'Neill-Park", *words])
    typed = plainly.replace(" ", space).replace("-", hyphen).replace("'", apostrophe).replace("l", f"l{unseen}")
    if form in ("NFKC", "NFKD") and apostrophe in "´":
        return  # that form itself takes the apostrophe apart
    assert folded_name_of(unicodedata.normalize(form, typed).upper()) == folded_name_of(plainly)


@given(st.text(max_size=40))
def test_what_is_folded_stays_as_it_is(name: str) -> None:
    assert folded_name_of(folded_name_of(name)) == folded_name_of(name)


def test_no_name_is_compared_in_another_way() -> None:
    """Addresses of mail and their domains have a rule of their own."""
    others = [
        f"{path.relative_to(settings.ROOT)}: {found}"
        for app in ("accounts", "alerts", "audit", "offenders", "volunteers", "circles", "concerns", "embedded")
        for path in Path(settings.ROOT / app).rglob("*.py")
        for found in re.findall(
            r"\w*name\w*__i(?:exact|contains|startswith)|\w*name\)?\.(?:casefold|lower)\(\) ==", path.read_text()
        )
        if "secure_domain" not in path.parts
    ]
    assert others == []
