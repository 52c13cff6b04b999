"""The table of pages is whole: every address is in it, or says why not, and every row says something of everybody."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, get_resolver

from tests.pages import NOT_PAGES, PAGES
from tests.table import PEOPLE


def names(resolver: URLResolver, prefix: str = "") -> set[str]:
    """Every name in the address book."""
    found = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            deeper = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            found |= names(pattern, deeper)
        elif isinstance(pattern, URLPattern):
            found.add(f"{prefix}{pattern.name}")
    return found


def test_no_page_ships_without_someone_having_said_who_may_open_it() -> None:
    in_table = {page.name for page in PAGES}
    in_book = names(get_resolver())
    assert in_book - in_table - set(NOT_PAGES) == set()


def test_the_table_names_no_page_that_is_gone() -> None:
    assert {page.name for page in PAGES} | set(NOT_PAGES) <= names(get_resolver())


def test_every_row_of_the_table_says_something_of_everybody() -> None:
    for page in PAGES:
        assert set(page.opens) == set(PEOPLE), page.name
