"""The features of a page that an accessibility checker could judge: kinds of element, not how many there are."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
TOLD_APART_BY_VALUE = frozenset({"class", "type", "role", "lang", "tabindex", "autocomplete", "scope"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LANDMARKS = frozenset({"header", "main", "nav", "footer", "aside"})
FIELDS = frozenset({"input", "select", "textarea"})
POINTERS = frozenset({"for", "aria-describedby", "aria-labelledby", "aria-controls"})

Feature = tuple[object, ...]


class FeatureReader(HTMLParser):
    """Reads a page and keeps for every element what it is, where it stands, and whether it has text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[Feature] = set()
        self.ids: list[str] = []
        self.outline: list[str] = []
        self.fields: list[tuple[str, dict[str, str | None]]] = []
        self.pointed_at: list[tuple[str, str]] = []
        self.open: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = tuple(sorted((name, value if name in TOLD_APART_BY_VALUE else bool(value)) for name, value in attrs))
        above = tuple(dict.fromkeys(name for name, _ in self.open[:-1] if not name.endswith(".")))
        parent = self.open[-1][0] if self.open else ""
        given = dict(attrs)
        self.found.add(("element", above, parent, tag, told))
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.pointed_at += [(name, one) for name, value in attrs if name in POINTERS for one in (value or "").split()]
        if tag in HEADINGS | LANDMARKS:
            self.outline.append(tag)
        if tag in FIELDS and given.get("type") != "hidden":
            self.fields.append((tag, given))
        if tag not in VOID:
            self.open.append((f"{tag}.{given.get('class') or ''}", []))

    def handle_data(self, data: str) -> None:
        if data.strip():
            for _, said in self.open:
                said.append("text")

    def handle_endtag(self, tag: str) -> None:
        while self.open and tag not in VOID:
            name, said = self.open.pop()
            self.found.add(("says", name, bool(said)))
            if name.partition(".")[0] == tag:
                return

    def missing(self) -> set[Feature]:
        """What is missing: a field without its label, a link to an identifier that is not there."""
        labelled = {one for name, one in self.pointed_at if name == "for"}
        named = {"aria-label", "aria-labelledby", "value"}
        bare = {("field", tag, given.get("id") in labelled or bool(named & set(given))) for tag, given in self.fields}
        return bare | {("points to nothing", name) for name, one in self.pointed_at if one not in self.ids}


def _read(html: str) -> FeatureReader:
    reader = FeatureReader()
    reader.feed(html)
    reader.close()
    return reader


def features_of(html: str) -> set[Feature]:
    """A page whose features all stood on pages already judged has nothing new to find fault with.

    The outline of headings and landmarks counts as one feature, since leaving one out can break it.
    """
    reader = _read(html)
    return {*reader.found, *reader.missing(), ("outline", *reader.outline)}


def repeated_ids(html: str) -> list[str]:
    """The identifiers that stand more than once on a page."""
    ids = _read(html).ids
    return sorted({one for one in ids if ids.count(one) > 1})


def pages_to_judge(pages: list[str]) -> list[str]:
    """The fewest of these pages, richest first, that show every feature of them all."""
    seen: set[Feature] = set()
    read_once = {html: features_of(html) for html in pages}
    chosen = []
    for html, features in sorted(read_once.items(), key=lambda one: len(one[1]), reverse=True):
        if not features <= seen:
            chosen.append(html)
            seen |= features
    return chosen
