"""Read the definition of an instrument from a TOML or JSON file, and say clearly what is wrong with it.

The format is that of `circles/instrument/fictitious.toml`. All faults are named at once, so that a file can be
corrected in one go.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from circles.instrument.models import HIGHEST, LOWEST, Instrument

KEY = re.compile(r"[a-z][a-z0-9-]{0,39}")
SCORES = HIGHEST - LOWEST + 1


class BadDefinition(Exception):
    """The file cannot be used. `faults` says why, a sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class ItemDefinition:
    key: str
    domain: str
    text: str
    guidance: str


@dataclass(frozen=True)
class Definition:
    """An instrument as its file describes it, without faults."""

    key: str
    version: str
    name: str
    licence: str
    direction: str
    may_miss: int
    expected_change: Decimal
    scale: tuple[str, ...]
    items: tuple[ItemDefinition, ...]

    @property
    def fingerprint(self) -> str:
        """A digest of the definition. The layout of its file makes no difference."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


def read_definition(path: Path) -> Definition:
    """The definition in this file. Raises BadDefinition."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as failure:
        raise BadDefinition([f"{path} cannot be read as text: {failure}."]) from failure
    try:
        values = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except ValueError as failure:
        raise BadDefinition([f"{path} is not well formed: {failure}."]) from failure
    if not isinstance(values, dict):
        raise BadDefinition([f"{path} holds no table: begin with key, version and name."])
    return definition_of(values)


def definition_of(values: Mapping[str, Any]) -> Definition:
    """The definition these values make. Raises BadDefinition with every fault found."""
    faults: list[str] = []
    items = _items_of(values.get("domain"), faults)
    definition = Definition(
        key=_key_of(values.get("key"), "key", faults),
        version=_words_of(values.get("version"), "version", 20, faults),
        name=_words_of(values.get("name"), "name", 120, faults),
        licence=_words_of(values.get("licence"), "licence", 2000, faults),
        direction=_direction_of(values.get("direction"), faults),
        may_miss=_may_miss_of(values.get("may_miss"), len(items), faults),
        expected_change=_change_of(values.get("expected_change"), faults),
        scale=_scale_of(values.get("scale"), faults),
        items=items,
    )
    faults += _unknown_lines_of(values)
    if faults:
        raise BadDefinition(faults)
    return definition


def _unknown_lines_of(values: Mapping[str, Any]) -> list[str]:
    known = {"domain", *Definition.__dataclass_fields__} - {"items"}
    return [
        f"“{name}” is not a line of an instrument: leave it out or correct its spelling."
        for name in values
        if name not in known
    ]


def _words_of(value: Any, what: str, longest: int, faults: list[str]) -> str:
    if not isinstance(value, str) or not value.strip():
        faults.append(f"Give “{what}” in words, between quotation marks.")
        return ""
    if len(value.strip()) > longest:
        faults.append(f"“{what}” is longer than {longest} characters: shorten it.")
    return value.strip()


def _key_of(value: Any, what: str, faults: list[str]) -> str:
    if not isinstance(value, str) or not KEY.fullmatch(value):
        faults.append(f"{what} is {value!r}: give small letters, digits and hyphens, beginning with a letter.")
        return ""
    return value


def _direction_of(value: Any, faults: list[str]) -> str:
    if value not in Instrument.Direction.values:
        faults.append(f"direction is {value!r}: write one of {', '.join(Instrument.Direction.values)}.")
        return ""
    return str(value)


def _may_miss_of(value: Any, items: int, faults: list[str]) -> int:
    """At most two items may be missing from a total (domain.md 1.9)."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 2 or value >= max(items, 1):
        faults.append(f"may_miss is {value!r}: write 0, 1 or 2, and less than the number of items.")
        return 0
    return value


def _change_of(value: Any, faults: list[str]) -> Decimal:
    try:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise InvalidOperation
        change = Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation:
        faults.append(f"expected_change is {value!r}: write how the total should change in thirteen weeks, such as -6.")
        return Decimal(0)
    if abs(change) >= 1000:
        faults.append("expected_change is too large: write the change of the total in thirteen weeks.")
    return change


def _scale_of(value: Any, faults: list[str]) -> tuple[str, ...]:
    is_list = isinstance(value, list) and len(value) == SCORES
    if not is_list or not all(isinstance(word, str) and word.strip() for word in value):
        faults.append(f"scale must be {SCORES} words, for the scores {LOWEST} to {HIGHEST}, in that order.")
        return ()
    return tuple(word.strip() for word in value)


def _items_of(value: Any, faults: list[str]) -> tuple[ItemDefinition, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(domain, dict) for domain in value):
        faults.append("Give at least one [[domain]] with a name and its items.")
        return ()
    definitions: list[ItemDefinition] = []
    for number, domain in enumerate(value, start=1):
        name = _words_of(domain.get("name"), f"name of domain {number}", 80, faults)
        items = domain.get("item")
        if not isinstance(items, list) or not items or not all(isinstance(item, dict) for item in items):
            faults.append(f"Domain {number} has no items: give each a key and a text.")
            continue
        definitions += [
            _item_of(item, name, f"domain {number}, item {place}", faults) for place, item in enumerate(items, 1)
        ]
    faults += _duplicates_of([item.key for item in definitions if item.key], "key")
    faults += _duplicates_of([item.text for item in definitions if item.text], "text")
    faults += _duplicates_of([str(domain.get("name")) for domain in value], "domain")
    return tuple(definitions)


def _item_of(item: Mapping[str, Any], domain: str, where: str, faults: list[str]) -> ItemDefinition:
    guidance = item.get("guidance", "")
    if not isinstance(guidance, str):
        faults.append(f"guidance of {where} must be words.")
        guidance = ""
    for name in set(item) - {"key", "text", "guidance"}:
        faults.append(f"“{name}” of {where} is not a line of an item: leave it out or correct its spelling.")
    return ItemDefinition(
        key=_key_of(item.get("key"), f"key of {where}", faults),
        domain=domain,
        text=_words_of(item.get("text"), f"text of {where}", 1000, faults),
        guidance=guidance.strip(),
    )


def _duplicates_of(values: list[str], what: str) -> list[str]:
    return [
        f"The {what} “{value}” is given twice: each must be its own."
        for value in dict.fromkeys(values)
        if values.count(value) > 1
    ]
