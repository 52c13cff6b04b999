"""Reads the forms of a page as a browser does: what each form shows, and what it would send."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from core.form_key import LOADED

NOT_SHOWN = {"hidden", "submit", "button", "file", "password"}


@dataclass
class DrawnForm:
    """One form of a page, with method POST."""

    to: str
    compares_by_itself: bool = False
    sends: dict[str, list[str]] = field(default_factory=dict)
    shown: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    """The values that may be chosen, by the name of the input."""

    @property
    def loaded(self) -> str | None:
        return next((values[0] for name, values in self.sends.items() if name.endswith(LOADED)), None)

    def as_if_loaded_before(self, old: str) -> dict[str, list[str]]:
        """What it sends, as if every field had another value when the page was made."""
        sent = dict(self.sends)
        for name, values in self.sends.items():
            if name.endswith(LOADED):
                page, *parts = values[0].split()
                sent[name] = [" ".join([page, *[f"{part.split(':')[0]}:{old}" for part in parts]])]
        return sent

    def changed(self) -> dict[str, list[str]]:
        """Another value for everything that is shown."""
        changed = {}
        for name, values in self.shown.items():
            others = [value for value in self.offered.get(name, []) if value and value not in values]
            changed[name] = others[:1] if name in self.offered else ["7" if values[0].isdecimal() else f"{values[0]}x"]
        return changed


class FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[DrawnForm] = []
        self.inside: DrawnForm | None = None
        self.select = self.text_of = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form" and has.get("method", "").lower() == "post":
            self.inside = DrawnForm(has.get("action", ""))
            self.found.append(self.inside)
        if self.inside is None:
            return
        name = has.get("name", "")
        if tag == "input" and name:
            self.put_input(self.inside, name, has)
        elif tag == "select":
            self.select = name
            self.inside.offered[name] = []
        elif tag == "option" and self.select:
            self.inside.offered[self.select].append(has.get("value", ""))
            if "selected" in has:
                self.put(self.inside, self.select, has.get("value", ""), is_shown=True)
        elif tag == "textarea":
            self.text_of = name
            self.inside.sends[name] = [""]

    def put_input(self, form: DrawnForm, name: str, has: dict[str, str]) -> None:
        kind = has.get("type", "text")
        if kind in {"radio", "checkbox"}:
            form.offered.setdefault(name, []).append(has.get("value", "on"))
            if "checked" in has:
                self.put(form, name, has.get("value", "on"), is_shown=True)
        else:
            self.put(form, name, has.get("value", ""), is_shown=kind not in NOT_SHOWN)
            form.compares_by_itself |= name == "loaded"

    def put(self, form: DrawnForm, name: str, value: str, *, is_shown: bool) -> None:
        form.sends.setdefault(name, []).append(value)
        if is_shown and value:
            form.shown.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self.text_of and self.inside is not None:
            whole = self.inside.sends[self.text_of][0] + data.removeprefix("\n")
            self.inside.sends[self.text_of] = [whole]
            if whole.strip():
                self.inside.shown[self.text_of] = [whole]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.text_of = ""


def forms_in(html: str) -> list[DrawnForm]:
    reader = FormReader()
    reader.feed(html)
    return reader.found
