"""Imports go down, docs are fresh, and the project says nothing of how it was made."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import ROOT


def test_imports_go_downwards_only() -> None:
    told = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr


def tracked_files() -> list[Path]:
    told = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in told.stdout.splitlines() if (ROOT / name).is_file()]


def test_locks_name_no_address() -> None:
    for path in [*(ROOT / "requirements").glob("*.txt"), ROOT / "package-lock.json"]:
        text = path.read_text()
        assert '"resolved"' not in text, path
        assert "--index-url" not in text, path
        assert "--extra-index-url" not in text, path
        assert "--find-links" not in text, path


def test_nothing_read_by_a_person_calls_him_an_offender() -> None:
    """The folder keeps its name; pages never use the word (domain.md 13)."""
    said = []
    for path in (ROOT / "templates").rglob("*.html"):
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            visible = re.sub(r"\{[%{#].*?[%}#]\}|<[^>]*>", " ", line)
            if re.search(r"\boffenders?\b|paedophil", visible, re.IGNORECASE):
                said.append(f"{path.relative_to(ROOT)}:{number}")
    assert said == []


def test_no_page_carries_script_or_style_of_its_own() -> None:
    """The content-security policy would refuse it; so do we, earlier."""
    inline = []
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        if re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)(?![^>]*application/json)", text):
            inline.append(str(path.relative_to(ROOT)))
    assert inline == []


def test_no_template_switches_escaping_off() -> None:
    loose = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r"\|\s*safe\b|autoescape off|\|\s*safeseq", path.read_text())
    ]
    assert loose == []
