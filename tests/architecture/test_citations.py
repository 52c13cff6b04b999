"""What is cited stands in the repository: each document, each section and each numbered line of it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.architecture.test_map import tracked_files

READ = {".py", ".md", ".html", ".txt", ".toml", ".js", ".scss", ".yml", ".template"}
DOCUMENT = re.compile(r"[\w/.-]+\.md\b")
DECISION = re.compile(r"\b(?:docs/adr/|ADR )(\d{4})\b")
PLACE = r"(?:fact|rule|step|scenario) \d+|E\d+|\d+(?:\.\d+)*"
CITED = re.compile(rf"\b(domain|escalation)\.md(?P<places>(?:(?:[,;]|,? and)? (?:{PLACE}))+)")
"""Such as “domain.md 2.6; 11, scenario 8”."""
ROW = re.compile(r"\((E\d{1,2})\)|\bis (E\d{1,2})\b")
"""A row of the engine’s table, cited by its number alone."""


def texts() -> list[tuple[str, str]]:
    """Every text of the project, by its path; the locks and this page, which cites in vain on purpose, are left out."""
    left_out = {*(ROOT / "requirements").glob("*.txt"), Path(__file__)}
    paths = [path for path in tracked_files() if path.suffix in READ and path not in left_out]
    return [(str(path.relative_to(ROOT)), path.read_text()) for path in paths]


@cache
def places(document: str) -> frozenset[str]:
    """Every place that can be cited: “1.4”, and “1.4 7” for the seventh numbered line of that section."""
    found, section = set(), ""
    for line in (ROOT / "docs" / f"{document}.md").read_text().splitlines():
        if heading := re.match(r"#+ (\d+(?:\.\d+)*)\.? ", line):
            section = heading[1]
            found.add(section)
        elif item := re.match(r"(?:\| )?(E?\d+)(?: \||\. )", line):
            found |= {item[1]} if item[1].startswith("E") else {f"{section} {item[1]}", f"{section}.{item[1]}"}
    return frozenset(found)


def places_missing(document: str, cited: str) -> list[str]:
    """The places in this citation that the document does not have."""
    wrong, section = [], ""
    for place in re.findall(PLACE, cited):
        wanted = place
        if " " in place:
            wanted = f"{section} {place.split()[1]}"
        elif not place.startswith("E"):
            section = place
        if wanted not in places(document):
            wrong.append(f"{document}.md {place}")
    return wrong


def test_every_section_cited_is_in_its_document() -> None:
    wrong = [
        f"{path}: {place}"
        for path, text in texts()
        for cited in CITED.finditer(re.sub(r"\s*\n\s*", " ", text))
        for place in places_missing(cited[1], cited["places"])
    ]
    assert wrong == []


def test_every_document_cited_is_in_the_repository() -> None:
    wrong = []
    for path, text in texts():
        for name in DOCUMENT.findall(text):
            beside = [ROOT / name, ROOT / "docs" / name, (ROOT / path).parent / name]
            if not any(place.exists() for place in beside):
                wrong.append(f"{path}: {name}")
    assert wrong == []


def test_every_decision_cited_was_taken() -> None:
    taken = {path.name[:4] for path in (ROOT / "docs" / "adr").glob("*.md")}
    wrong = [f"{path}: {number}" for path, text in texts() for number in DECISION.findall(text) if number not in taken]
    assert wrong == []


def test_every_row_cited_is_in_the_engines_table() -> None:
    wrong = [
        f"{path}: {row}"
        for path, text in texts()
        for pair in ROW.findall(text)
        for row in pair
        if row and row not in places("escalation")
    ]
    assert wrong == []


def test_every_row_of_the_engines_table_is_a_test_that_bears_its_number() -> None:
    rows = {place for place in places("escalation") if place.startswith("E")}
    tested = {
        f"E{int(number)}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for number in re.findall(r"def test_e(\d\d)_", path.read_text())
    }
    assert rows - tested == set()
    assert tested - rows == set()


@pytest.mark.parametrize(
    "cited", ["domain.md 1.4 step 99", "domain.md 9.9", "escalation.md E99", "domain.md 2.6; 11, scenario 99"]
)
def test_a_citation_of_nothing_is_found(cited: str) -> None:
    found = CITED.fullmatch(cited)
    assert found is not None
    assert places_missing(found[1], found["places"]) != []


def test_a_relative_link_in_a_document_leads_somewhere() -> None:
    wrong = []
    for path in [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text()):
            if not (Path(path).parent / target).exists():
                wrong.append(f"{path.relative_to(ROOT)}: {target}")
    assert wrong == []


def test_every_path_a_document_names_is_there() -> None:
    """Backticks around something with a slash, in one of our own folders, mean a place in the repository."""
    ours = {path.relative_to(ROOT).parts[0] for path in tracked_files() if path.parent != ROOT}
    wrong = []
    for path in [*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")]:
        for named in re.findall(r"`([a-z]+/[\w/.-]*)`", path.read_text()):
            if named.split("/")[0] in ours and not (ROOT / named).exists():
                wrong.append(f"{path.relative_to(ROOT)}: {named}")
    assert wrong == []


def test_every_word_of_the_glossary_has_its_name_in_the_code() -> None:
    rows = re.findall(r"^\| .* \| `([\w/.]+)` `(\w+)` \|$", (ROOT / "docs" / "glossary.md").read_text(), re.MULTILINE)
    assert len(rows) > 60
    wrong = []
    for place, name in rows:
        paths = [ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py")
        if not any(re.search(rf"\b{name}\b", path.read_text()) or path.stem == name for path in paths):
            wrong.append(f"{place} {name}")
    assert wrong == []
