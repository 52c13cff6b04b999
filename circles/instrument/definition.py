"""Reads an instrument's definition from a file, TOML or JSON, and says clearly what is wrong with it.

The shape is that of `circles/instrument/fictitious.toml`. Every fault is named at once, so that a file is
mended in one go.
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
    """An instrument as its file describes it, found whole."""

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
        """The same for the same definition, whatever the layout of its file."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


def read_definition(path: Path) -> Definition:
    """The definition in this file. Raises BadDefinition."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as failure:
        raise BadDefinition([f"{path} cannot be read as text: {failure}."]) from failure
    try:
        written = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except ValueError as failure:
        raise BadDefinition([f"{path} is not well formed: {failure}."]) from failure
    if not isinstance(written, dict):
        raise BadDefinition([f"{path} holds no table: begin with key, version and name."])
    return checked(written)


def checked(written: Mapping[str, Any]) -> Definition:
    """The definition these values make. Raises BadDefinition with every fault found."""
    faults: list[str] = []
    items = items_of(written.get("domain"), faults)
    definition = Definition(
        key=key_of(written.get("key"), "key", faults),
        version=words(written.get("version"), "version", 20, faults),
        name=words(written.get("name"), "name", 120, faults),
        licence=words(written.get("licence"), "licence", 2000, faults),
        direction=direction_of(written.get("direction"), faults),
        may_miss=may_miss_of(written.get("may_miss"), len(items), faults),
        expected_change=change_of(written.get("expected_change"), faults),
        scale=scale_of(written.get("scale"), faults),
        items=items,
    )
    faults += misspelt(written)
    if faults:
        raise BadDefinition(faults)
    return definition


def misspelt(written: Mapping[str, Any]) -> list[str]:
    known = {"domain", *Definition.__dataclass_fields__} - {"items"}
    return [
        f"“{name}” is not a line of an instrument: leave it out or mend its spelling."
        for name in written
        if name not in known
    ]


def words(value: Any, what: str, longest: int, faults: list[str]) -> str:
    if not isinstance(value, str) or not value.strip():
        faults.append(f"Give “{what}” in words, between quotation marks.")
        return ""
    if len(value.strip()) > longest:
        faults.append(f"“{what}” is longer than {longest} characters: shorten it.")
    return value.strip()


def key_of(value: Any, what: str, faults: list[str]) -> str:
    if not isinstance(value, str) or not KEY.fullmatch(value):
        faults.append(f"{what} is {value!r}: give small letters, digits and hyphens, beginning with a letter.")
        return ""
    return value


def direction_of(value: Any, faults: list[str]) -> str:
    if value not in Instrument.Direction.values:
        faults.append(f"direction is {value!r}: write one of {', '.join(Instrument.Direction.values)}.")
        return ""
    return str(value)


def may_miss_of(value: Any, items: int, faults: list[str]) -> int:
    """At most two items may be missing from a total (domain.md 1.9)."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 2 or value >= max(items, 1):
        faults.append(f"may_miss is {value!r}: write 0, 1 or 2, and less than the number of items.")
        return 0
    return value


def change_of(value: Any, faults: list[str]) -> Decimal:
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


def scale_of(value: Any, faults: list[str]) -> tuple[str, ...]:
    good = isinstance(value, list) and len(value) == SCORES
    if not good or not all(isinstance(one, str) and one.strip() for one in value):
        faults.append(f"scale must be {SCORES} words, for the scores {LOWEST} to {HIGHEST}, in that order.")
        return ()
    return tuple(one.strip() for one in value)


def items_of(value: Any, faults: list[str]) -> tuple[ItemDefinition, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(one, dict) for one in value):
        faults.append("Give at least one [[domain]] with a name and its items.")
        return ()
    found: list[ItemDefinition] = []
    for number, domain in enumerate(value, start=1):
        name = words(domain.get("name"), f"name of domain {number}", 80, faults)
        written = domain.get("item")
        if not isinstance(written, list) or not written or not all(isinstance(one, dict) for one in written):
            faults.append(f"Domain {number} has no items: give each a key and a text.")
            continue
        found += [
            item_of(item, name, f"domain {number}, item {place}", faults) for place, item in enumerate(written, 1)
        ]
    faults += twice([item.key for item in found if item.key], "key")
    faults += twice([item.text for item in found if item.text], "text")
    faults += twice([str(domain.get("name")) for domain in value], "domain")
    return tuple(found)


def item_of(item: Mapping[str, Any], domain: str, where: str, faults: list[str]) -> ItemDefinition:
    guidance = item.get("guidance", "")
    if not isinstance(guidance, str):
        faults.append(f"guidance of {where} must be words.")
        guidance = ""
    for name in set(item) - {"key", "text", "guidance"}:
        faults.append(f"“{name}” of {where} is not a line of an item: leave it out or mend its spelling.")
    return ItemDefinition(
        key=key_of(item.get("key"), f"key of {where}", faults),
        domain=domain,
        text=words(item.get("text"), f"text of {where}", 1000, faults),
        guidance=guidance.strip(),
    )


def twice(values: list[str], what: str) -> list[str]:
    return [
        f"The {what} “{one}” is given twice: each must be its own."
        for one in dict.fromkeys(values)
        if values.count(one) > 1
    ]
