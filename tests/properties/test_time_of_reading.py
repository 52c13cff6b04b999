"""Whatever somebody writes, reading it costs little: nobody can stop the service with words.

Subjects are found, not listed: every pattern of the tree, every filter the templates use, and every function that reads words.
"""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings
from django.template import engines

from accounts.sent_words import readable_value_of
from circles.review.copy import paragraphs_of
from concerns.pattern.alike import forms_of, indexes_of
from concerns.pattern.models import Named
from config.logs import plain_text_of
from config.secret_paths import without_tokens
from core.difference import MOST_COMPARED, pieces_of_both
from core.forms.changing import plain_text_of as as_compared
from core.names import folded_name_of, is_same_name, letters_of
from core.paper import printable_words
from core.redaction import Person, Redaction
from core.references import possible_references_of
from core.telephones import home_number_of, mobile_of, readable_number_of, stored_number_of
from core.telltale import telltales_in
from core.typed import alphabets_of, code_of, is_blank, line_of, narrative_of
from offenders.panel.copy_operations import exclusion_zones_in
from tests.architecture import sources
from tests.slow_texts import LENGTH, MOST_SECONDS, SEEDS, cpu_seconds_of, slow_text

APPS = ["core", "accounts", "audit", "alerts", "offenders", "volunteers", "circles", "concerns", "config"]

PEOPLE = [
    Person(name, name.split()[0])
    for name in ("Ben Ashby", "A Aa", "Tom O'Neill-Park", "O O", "Ida van der Berg", "Mrs Dr", "May May", "李 李李李")
]

READERS: dict[str, Callable[[str], object]] = {
    "core.difference.pieces_of_both": lambda words: (
        pieces_of_both(words, slow_text("a a c ", len(words))),
        pieces_of_both(words, words[::-1]),
        pieces_of_both(words, words[1:]),
    ),
    "core.telltale.telltales_in": lambda words: telltales_in(words, known=["Ben", "Tom"]),
    "concerns.pattern.alike.forms_of": lambda words: [forms_of(kind, words) for kind in Named],
    "concerns.pattern.alike.indexes_of": lambda words: [indexes_of(kind, words) for kind in Named],
    "circles.review.copy.paragraphs_of": paragraphs_of,
    "core.names.folded_name_of": folded_name_of,
    "core.names.is_same_name": lambda words: is_same_name(words, words[1:]),
    "core.names.letters_of": letters_of,
    "core.paper.printable_words": printable_words,
    "core.redaction.Redaction.read": lambda words: Redaction(PEOPLE, kept=["Paul"]).read(words),
    "config.secret_paths.without_tokens": without_tokens,
    "config.logs.plain_text_of": lambda words: plain_text_of(words, ValueError(words)),
    "core.typed.line_of": line_of,
    "core.typed.narrative_of": narrative_of,
    "core.typed.code_of": code_of,
    "core.typed.is_blank": is_blank,
    "core.typed.alphabets_of": alphabets_of,
    "core.references.possible_references_of": possible_references_of,
    "core.telephones.stored_number_of": stored_number_of,
    "core.telephones.readable_number_of": readable_number_of,
    "core.telephones.mobile_of": mobile_of,
    "core.telephones.home_number_of": home_number_of,
    "accounts.sent_words.readable_value_of": readable_value_of,
    "core.forms.changing.plain_text_of": as_compared,
    "offenders.panel.copy_operations.exclusion_zones_in": lambda words: list(exclusion_zones_in("other", words, {})),
}
"""Every function that takes words somebody wrote, with a call of it."""

WITHIN = {
    "core.names.plain_text_and_places_of": "Redaction.read",
    "offenders.panel.copy_operations._in_their_words": "exclusion_zones_in",
    "core.paper._name_of_emoji": "printable_words",
    "core.redaction._is_dated": "Redaction.read",
    "config.logs._filled": "plain_text_of",
    "core.references.reference_of": "possible_references_of",
    "core.references.row_called": "possible_references_of, and then the database",
    "core.telephones._phone_number_of": "stored_number_of",
    "core.telephones._number_and_extension_of": "stored_number_of",
    "core.telltale._pattern_matches_in": "telltales_in",
    "core.telltale._full_names_in": "telltales_in",
    "core.telltale._rows_of_capitals_in": "telltales_in",
    "concerns.pattern.alike._place_forms_of": "forms_of",
    "concerns.pattern.alike._plate_forms_of": "forms_of",
    **dict.fromkeys(
        (
            f"concerns.pattern.handle.{name}"
            for name in ("handle_forms_of", "_address_of", "name_of", "_number_of", "_is_nobody")
        ),
        "forms_of",
    ),
}
"""Read by one of the readers, which is measured whole."""

SHORT = {
    "alerts.inbox.subjects._longest": "an address of ours",
    "alerts.inbox.subjects._reference_in": "an address of ours",
    "config.logs.settings_of": "the level of the log",
    "accounts.views.submitted.allow_repeats": "our own words",
    "accounts.sent_words.fields_of_page": "an address and names of fields",
    "accounts.sent_words.field_of": "the name of a field",
    "accounts.sent_words.label_of": "the name of a field",
    "accounts.sent_words.value_in_words": "readable_value_of, or a choice looked up",
    "accounts.views.submitted.not_taken_page": "the words of a form one after another, each by readable_value_of",
    "audit.sight.write_sight": "the name of a page",
    "core.forms.moments.naive_time_of": "sixteen characters, or it is none",
    "core.forms.moments.moment_in_london": "first or second",
    "core.references.check_letter_for": "our own letters",
    "core.references._is_random_reference": "a reference",
    "core.references.new_reference": "a prefix of ours",
    "core.references.unused_reference": "a prefix of ours",
    "offenders.core_member.operations.accept_core_member": "a reference, and choices",
    "offenders.core_member.operations.bring_over_core_member": "words that it only stores",
    "core.names.plain_form_of": "one character",
    "core.paper.has_letter": "one character",
    "core.paper.print_paper": "the name of a paper; what it does to words is measured",
    "alerts.mobile.operations._send_words": "our own words",
    "core.paper._name_of_character": "one character",
    "core.redaction.kind_and_name_in": "a name",
    "core.telltale._is_ordinary": "one word",
    "core.telltale._is_capitalised": "one word",
    "core.names.names_of": "a name",
}
"""What reads a word, or words of our own."""

A_FEW_CHARACTERS = {"number", "code", "reference", "name", "where", "full_name", "telephone", "what", "domain"}
A_FEW_CHARACTERS |= {"address", "field", "key", "level"}
"""What a parameter is called that a form, an address or our own code bounds."""

MACHINERY = {"fullmatch", "match", "search", "findall", "finditer", "sub", "split"}
READS_WITH = {"re", "difflib", "unicodedata", "rapidfuzz.distance"}
STARTS = {"config.wsgi"}
"""Modules that start the service when they are imported."""


def modules() -> Iterator[ModuleType]:
    import_module(settings.ROOT_URLCONF)
    for app in APPS:
        package = import_module(app)
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{app}."):
            if ".migrations" not in found.name and ".management" not in found.name and found.name not in STARTS:
                yield import_module(found.name)


def tree_of(module: ModuleType) -> ast.Module:
    return sources.tree_of(Path(str(module.__file__)))


@dataclass(frozen=True)
class Use:
    """A pattern, and whether it is looked for anywhere in a text or must be the whole of it."""

    pattern: re.Pattern[str]
    anywhere: bool

    def read(self, words: str) -> None:
        if self.anywhere:
            self.pattern.sub("", words)
        self.pattern.fullmatch(words)


def patterns() -> dict[str, Use]:
    """Every pattern: those with a name, and those written where they are used."""
    found = {}
    for module in modules():
        if not any(thing is re or isinstance(thing, re.Pattern) for thing in vars(module).values()):
            continue
        calls = [node for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call)]
        asked = [(ast.unparse(call.func.value), call) for call in calls if isinstance(call.func, ast.Attribute)]
        for name, thing in vars(module).items():
            if isinstance(thing, re.Pattern) and isinstance(thing.pattern, str):
                uses = {call.func.attr for on, call in asked if on == name}
                found[f"{module.__name__}.{name}"] = Use(thing, not uses <= {"match", "fullmatch"})
        for on, call in asked:
            if on == "re" and call.func.attr in MACHINERY:
                written = compile(ast.Expression(call.args[0]), module.__name__, "eval")
                pattern = re.compile(str(eval(written, vars(module).copy())))  # noqa: S307 - our own module's words
                found[f"{module.__name__} line {call.lineno}"] = Use(pattern, call.func.attr != "fullmatch")
    return found


PATTERNS = patterns()


def each_text(read: Callable[[str], object]) -> None:
    """Read every nasty text, and one twice as long; the second costs about twice as much at most."""
    slow = []
    for what, seed in SEEDS.items():
        once = cpu_seconds_of(lambda seed=seed: read(slow_text(seed)))  # type: ignore[misc]
        if once < MOST_SECONDS / 20:
            continue
        twice = cpu_seconds_of(lambda seed=seed: read(slow_text(seed, 2 * LENGTH)))  # type: ignore[misc]
        if once > MOST_SECONDS or twice > 3 * once + MOST_SECONDS / 10:
            slow.append(f"{what}: {once:.2f} s, and {twice:.2f} s for twice as much")
    assert not slow, slow


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_pattern_reads_any_text_in_no_time(name: str) -> None:
    each_text(PATTERNS[name].read)


@pytest.mark.parametrize("name", sorted(READERS))
def test_a_reader_of_words_reads_any_text_in_no_time(name: str) -> None:
    each_text(READERS[name])


def takes_words(function: Any) -> bool:
    """Whether a function is given a text, and not a list, a record or a few characters."""
    parameters = inspect.signature(function).parameters.values()
    return any(each.annotation == "str" and each.name not in A_FEW_CHARACTERS for each in parameters)


def readers_of_words() -> set[str]:
    """The functions that are given a text, in the modules that use patterns, foldings or comparisons."""
    found = set()
    for module in modules():
        imported = {
            name.name if isinstance(node, ast.Import) else str(node.module)
            for node in ast.walk(tree_of(module))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in node.names
        }
        if not imported & READS_WITH:
            continue
        for name, thing in vars(module).items():
            if inspect.isfunction(thing) and thing.__module__ == module.__name__ and takes_words(thing):
                found.add(f"{module.__name__}.{name}")
    return found


def test_no_pattern_is_made_inside_a_function_where_nobody_would_measure_it() -> None:
    inside = [
        f"{module.__name__}.{function.name}"
        for module in modules()
        for function in ast.walk(tree_of(module))
        if isinstance(function, ast.FunctionDef) and "re.compile(" in ast.unparse(function)
    ]
    assert inside == ["core.redaction._pattern_of"], "only that of people's own names, which its reader measures"


def test_every_function_that_reads_words_is_measured() -> None:
    missing = readers_of_words() - {*READERS, *WITHIN, *SHORT}
    assert not missing, f"measure these, or say why they need not be: {sorted(missing)}"


def filters_in_use() -> dict[str, Callable[..., Any]]:
    """The filters that templates use and that take only the value."""
    engine = engines["django"].engine  # type: ignore[attr-defined]
    known: dict[str, Callable[..., Any]] = {}
    for library in [*engine.template_builtins, *engine.template_libraries.values()]:
        known |= library.filters
    templates = "".join(path.read_text() for path in (settings.ROOT / "templates").rglob("*.*"))
    return {name: known[name] for name in set(re.findall(r"\|([a-z_]+)", templates)) if name in known}


FILTERS = filters_in_use()


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_a_filter_reads_any_text_in_no_time(name: str) -> None:
    def read(words: str) -> None:
        try:
            FILTERS[name](words)
        except (TypeError, ValueError, AttributeError):
            return  # it is for dates, or takes two things

    each_text(read)


def test_what_is_too_much_to_compare_is_shown_as_changed_as_a_whole() -> None:
    count = int(MOST_COMPARED**0.5) + 100
    before, after = "a b " * (count // 2), "c d " * (count // 2)
    for pieces, text in zip(pieces_of_both(f"x {before}y", f"x {after}y"), (before, after), strict=True):
        assert [(piece.words, piece.changed) for piece in pieces] == [
            ("x ", False),
            (text.strip(), True),
            (" y", False),
        ]
