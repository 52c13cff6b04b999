"""No word is lost on paper: what the letters cannot show is written as its name, and a long word is broken.

`WRITE_LETTERS=1 pytest tests/core/test_paper.py` asks the typesetter anew which characters its fonts show.
"""

from __future__ import annotations

import io
import json
import os
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import pytest
import typst
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from circles.minutes_share.paper_operations import paper_of_minutes
from circles.review.copy import Copy
from circles.review.record_operations import copy_of_review
from concerns.share.operations import approve_share, propose_share, send_share
from concerns.share.paper_operations import print_share
from core.fingerprint import fingerprint_of
from core.paper import LONG_WORD, NAMED, PAPERS, has_letter, printable_ranges, printable_words
from tests.circles.minutes_share.shares import shared_minutes
from tests.circles.review.reviews import written_review
from tests.concerns.engine.raising import worry
from tests.concerns.share.sharing import TOLD
from tests.world import World

WORDS = "He texted 😟🔪 to Łukasz. Ŵyn ŷ said: 李雷 ﷽ سلام. Привет 1️⃣ 👩🏽‍🦰."
ON_PAPER = (
    "He texted [worried face emoji][kitchen knife emoji] to Łukasz. Ŵyn ŷ said: "
    "[Chinese character U+674E][Chinese character U+96F7] [Arabic ligature bismillah ar-rahman ar-raheem]"
)
LONG = "W" * 300
LOST = "\x00"
"""What is read back of a paper where it shows an empty box."""

PROOF = """
#set page(width: 60pt, height: auto, margin: 2pt)
#set text(font: "Libertinus Serif", size: 8pt, lang: "en")
#for line in json(bytes(sys.inputs.words)) { par(text(line)) }
"""
OF_NO_USE = {"Cn", "Cs", "Co", "Cc", "Zl", "Zp"}


def read(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def flat_text_of(pdf: bytes) -> str:
    return " ".join(read(pdf).split())


def letters_with_glyphs(letters: Iterable[str]) -> Iterator[str]:
    """Those of these characters that come out of the typesetter as more than an empty box."""
    letters = list(letters)
    for begin in range(0, len(letters), 2000):
        some = letters[begin : begin + 2000]
        words = json.dumps([f"a{letter}b" for letter in some])
        proof = typst.compile(PROOF.encode(), ignore_system_fonts=True, format="pdf", sys_inputs={"words": words})
        lines = read(proof).split("\n")
        assert len(lines) == len(some)
        yield from (letter for letter, line in zip(some, lines, strict=True) if LOST not in line)


@pytest.mark.skipif("WRITE_LETTERS" not in os.environ, reason="writes the list anew")
def test_write_the_list_of_letters() -> None:
    every = (chr(number) for number in range(0x20, 0x110000))
    shown = map(ord, letters_with_glyphs(letter for letter in every if unicodedata.category(letter) not in OF_NO_USE))
    rows = [[number for _, number in row] for _, row in groupby(enumerate(shown), lambda pair: pair[1] - pair[0])]
    (PAPERS / "letters.txt").write_text("".join(f"{row[0]:X}-{row[-1]:X}\n" for row in rows))


def test_the_list_of_letters_is_that_of_the_fonts() -> None:
    starts, ends = printable_ranges()
    edges = {number for row in zip(starts, ends, strict=True) for number in (row[0] - 1, *row, row[1] + 1)}
    sample = edges | set(range(0x20, 0x3000, 7)) | set(range(0x3000, 0x20000, 97))
    letters = [chr(number) for number in sorted(sample) if unicodedata.category(chr(number)) not in OF_NO_USE]
    listed = {
        letter
        for letter in letters
        if any(start <= ord(letter) <= end for start, end in zip(starts, ends, strict=True))
    }
    assert set(letters_with_glyphs(letters)) == listed


def test_what_a_paper_cannot_show_has_a_name() -> None:
    assert printable_words(WORDS).startswith(ON_PAPER)
    assert printable_words("👩🏽‍🦰") == "[woman medium skin tone red hair emoji]"
    assert printable_words("a\ue000b") == "a[character U+E000]b"
    assert printable_words("Ann\u202enna") == "Ann[Right-to-left override]nna"


@given(st.text(max_size=80))
def test_everything_printable_has_letters_and_stays(text: str) -> None:
    printable = printable_words(text)
    assert all(has_letter(letter) for letter in printable)
    assert printable_words(printable) == printable
    if all(has_letter(letter) for letter in text):
        assert printable == text


def papers(world: World, words: str) -> dict[str, bytes]:
    """Each paper of the service with these words in it."""
    minutes = shared_minutes(world, his_week=words)
    share = propose_share(
        worry(world), method="telephone", contact=minutes.contact, by=world.ann, at=world.now, **{**TOLD, "text": words}
    )
    approve_share(share, by=world.hana, at=world.now)
    sent = send_share(share, by=world.ann, at=world.now)
    assert (minutes.text_hash, sent.text_hash) == (fingerprint_of(minutes.text), fingerprint_of(words))
    return {
        "minutes": paper_of_minutes(minutes, by=world.ann, at=world.now),
        "share": print_share(sent, by=world.ann, at=world.now),
        "review": copy_of_review(written_review(world, summary=words), copy=Copy.OUTER, by=world.ann, at=world.now),
    }


def test_no_paper_loses_a_character_and_each_says_what_it_did(world: World) -> None:
    printed = papers(world, WORDS)
    assert {path.stem for path in PAPERS.glob("*.typ")} == set(printed)
    for pdf in printed.values():
        assert LOST not in read(pdf)
        assert ON_PAPER.partition("Ŵ")[0].strip() in flat_text_of(pdf)
        assert "[Chinese character U+674E]" in flat_text_of(pdf)
        assert NAMED in flat_text_of(pdf)


def test_a_paper_that_shows_everything_says_nothing_of_it(world: World) -> None:
    for pdf in papers(world, "He met Łukasz.").values():
        assert NAMED not in flat_text_of(pdf)


def test_a_word_too_long_for_its_line_is_broken_and_none_of_it_is_lost(world: World) -> None:
    for pdf in papers(world, f"See {LONG} there.").values():
        assert read(pdf).count("W") >= len(LONG)
        assert max(line.count("W") for line in read(pdf).splitlines()) < 60
    assert LONG_WORD.search(LONG)


def test_every_paper_is_set_in_one_place() -> None:
    setting = [
        str(path.relative_to(settings.ROOT))
        for app in (
            "core",
            "accounts",
            "alerts",
            "audit",
            "offenders",
            "volunteers",
            "circles",
            "concerns",
            "config",
            "embedded",
        )
        for path in Path(settings.ROOT / app).rglob("*.py")
        if "import typst" in path.read_text()
    ]
    assert setting == ["core/paper.py"]
