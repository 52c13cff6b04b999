"""Which of several people's pages the accessibility checker must see: any that could hold a fault of its own."""

from __future__ import annotations

import pytest

from tests.browser.features import pages_to_judge, repeated_ids

ANNS = """
<header><nav aria-label="Main"><a href="/">Home</a></nav></header>
<main id="main"><h1>Circle</h1><h2>Today</h2><p class="wm-note">One waits.</p>
<ul class="wm-list"><li><a href="/a">Ely</a></li><li><a href="/b">Wisbech</a></li></ul>
<form><label for="words">Words</label><input id="words" type="text" aria-describedby="hint"><p id="hint">Short.</p>
<img src="/mark.svg" alt="Ring"></form></main>
"""


def test_a_page_with_fewer_of_the_same_is_not_judged_again() -> None:
    bens = ANNS.replace('<li><a href="/b">Wisbech</a></li>', "").replace("One waits.", "Nothing waits.")
    assert len(pages_to_judge([bens, ANNS])) == 1


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        (' alt="Ring"', ""),
        ('<label for="words">Words</label>', ""),
        ('<p id="hint">Short.</p>', ""),
        ("<h1>Circle</h1>", ""),
        ("<h2>Today</h2>", "<h4>Today</h4>"),
        ('<nav aria-label="Main">', "<nav>"),
        ('class="wm-note"', 'class="wm-pale"'),
        ('<a href="/a">Ely</a>', '<a href="/a"></a>'),
        ("<li>", "<div>"),
        ('type="text"', 'type="text" tabindex="3"'),
    ],
    ids=[
        "a picture without words",
        "a field without a label",
        "a hint that is not there",
        "no main heading",
        "a heading left out",
        "a nameless landmark",
        "another colour",
        "a link that says nothing",
        "a list of something else",
        "an order of its own",
    ],
)
def test_a_fault_on_one_persons_page_alone_is_seen(there: str, instead: str) -> None:
    assert there in ANNS
    bens = ANNS.replace(there, instead, 1)
    assert bens in pages_to_judge([ANNS, bens])


def test_the_same_part_within_another_colour_is_judged_anew() -> None:
    dark = '<main><div class="wm-dark"><div>{}<b class="wm-pale">No</b></div></div>{}</main>'
    note = '<i class="wm-note">Yes</i>'
    apart = dark.format("<i>Yes</i>", f"<div>{note}<i>No</i><b>No</b></div>")
    assert len(pages_to_judge([apart, dark.format(note, "<div><i>No</i><b>No</b></div>")])) == 2


def test_an_identifier_that_stands_twice_is_named() -> None:
    assert repeated_ids(ANNS) == []
    assert repeated_ids(ANNS + '<p id="hint">Again.</p>') == ["hint"]
