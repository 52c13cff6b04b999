"""The components that pages are made of: what they take, and that pages do not draw them by hand."""

from __future__ import annotations

import re

import pytest
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory
from django.urls import NoReverseMatch
from django.utils.safestring import SafeString

from core.templatetags.components import register
from core.templatetags.ui import unbroken_markup
from tests.architecture.sources import ROOT

TEMPLATES = ROOT / "templates"
COMPONENTS = TEMPLATES / "components"
NAMES = sorted(register.tags)
OUTERMOST = re.compile(r'^(?:{%[^%]*%})?<(\w+)[^<>]*? class="([\w-]+)', re.MULTILINE)
"""The element, and its class, that a component's template begins a line with, unindented."""

WITH_CLASS = re.compile(r'<(\w+)(?:\s[^<>]*?)?\sclass="([\w-]+)')
"""An element of a page, and the first of its classes."""


def html_of(source: str, **context: object) -> str:
    return " ".join(engines["django"].from_string(source).render(context).split())


def test_a_tag_takes_a_tone_and_escapes_what_it_is_given() -> None:
    assert html_of('{% tag "act" %} {{ words }} {% endtag %}', words="<b>") == (
        '<span class="wm-tag wm-tag--act">&lt;b&gt;</span>'
    )
    assert html_of("{% tag %}Open{% endtag %}") == '<span class="wm-tag">Open</span>'


def test_a_summary_row_escapes_its_key_and_keeps_the_markup_of_its_value() -> None:
    row = html_of("{% summary_row key %}<strong>{{ words }}</strong>{% endsummary_row %}", key="A&B", words="C&D")
    assert '<dt class="govuk-summary-list__key">A&amp;B</dt>' in row
    assert '<dd class="govuk-summary-list__value"><strong>C&amp;D</strong></dd>' in row


def test_a_card_with_a_title_is_a_section_named_by_it() -> None:
    card = html_of('{% card title="Calls" name="calls" tone="ok" %}<p>None.</p>{% endcard %}')
    assert card.startswith('<section class="wm-card wm-card--ok" aria-labelledby="calls">')
    assert '<h2 class="govuk-heading-s" id="calls">Calls</h2> <p>None.</p>' in card
    assert html_of("{% card %}<p>None.</p>{% endcard %}") == '<div class="wm-card"><p>None.</p></div>'


def test_a_card_is_called_by_the_pages_own_heading_or_by_a_label() -> None:
    named = html_of('{% card name=name look="outgoing" %}<h2 id="a&quot;b">Words</h2>{% endcard %}', name='a"b')
    assert named == (
        '<section class="wm-card wm-outgoing" aria-labelledby="a&quot;b"> <h2 id="a&quot;b">Words</h2> </section>'
    )
    assert html_of('{% card label="A&B" %}x{% endcard %}').startswith('<section class="wm-card" aria-label="A&B">')


def test_an_action_link_leads_to_a_page_by_its_name_or_to_an_address() -> None:
    link = html_of(
        '{% action_link "circles:approve" number tone="act" wide=True %}{{ words }}{% endaction_link %}',
        number="M-2417",
        words="<b>",
    )
    assert link == (
        '<a class="govuk-button wm-button--act wm-button--wide" href="/circles/meetings/M-2417/approve/"'
        ' role="button" draggable="false">&lt;b&gt;</a>'
    )
    secondary = html_of('{% action_link address tone="secondary" %}On{% endaction_link %}', address='/x/?a="b"#c')
    assert secondary.startswith('<a class="govuk-button govuk-button--secondary" href="/x/?a=&quot;b&quot;#c"')
    with pytest.raises(NoReverseMatch):
        html_of('{% action_link "circles:aprove" %}Approve{% endaction_link %}')


TABS = """
{% tabs label %}
{% tab "#a" name="meetings" chosen="meetings" page=part %}{{ words }}{% endtab %}
{% tab "#b" name="people" chosen="meetings" %}People{% endtab %}
{% endtabs %}
"""


@pytest.mark.parametrize(
    ("part", "current"), [("", "page"), ("meetings", "page"), ("schedule", "true")], ids=["alone", "first", "inner"]
)
def test_one_tab_is_current_and_is_the_page_unless_an_inner_tab_is(part: str, current: str) -> None:
    tabs = html_of(TABS, label="A&B", words="<b>", part=part)
    assert tabs.startswith('<nav class="wm-tabs" aria-label="A&amp;B">')
    assert f'<a class="wm-tab" href="#a" aria-current="{current}">&lt;b&gt;</a>' in tabs
    assert '<a class="wm-tab" href="#b">People</a>' in tabs


def test_a_table_has_a_caption_and_a_heading_for_each_column() -> None:
    table = html_of(
        '{% table caption "Circle" names may|yesno:"Change," %}<tbody><tr><td>{{ words }}</td></tr></tbody>{% endtable %}',
        caption="A&B",
        names=["Ben", "<Dev>"],
        may=False,
        words="<b>",
    )
    assert table == (
        '<table class="govuk-table"> <caption class="govuk-visually-hidden">A&amp;B</caption> <thead><tr>'
        '<th scope="col">Circle</th><th scope="col">Ben</th><th scope="col">&lt;Dev&gt;</th></tr></thead>'
        " <tbody><tr><td>&lt;b&gt;</td></tr></tbody> </table>"
    )


def test_a_wide_table_is_scrolled_by_keyboard_and_is_called_by_its_caption() -> None:
    table = html_of('{% table "Shifts" "Who" look="stack" titled=True wide=True %}{% endtable %}')
    assert table.startswith('<div class="wm-scroll" tabindex="0" role="region" aria-label="Shifts">')
    assert '<table class="govuk-table wm-table--stack">' in table
    assert '<caption class="govuk-table__caption govuk-table__caption--m">Shifts</caption>' in table


def test_a_cell_that_says_its_column_says_a_heading_of_its_table() -> None:
    labels = 0
    for path in sorted(TEMPLATES.rglob("*.html")):
        for heading, body in re.findall(r"{% table (.*?) %}(.*?){% endtable %}", path.read_text(), re.DOTALL):
            columns = [column.rstrip(",") for column in re.findall(r'"([^"]*)"', heading)]
            for label in re.findall(r'data-label="([^"]*)"', body):
                labels += 1
                assert label.partition("{{")[0] in columns, (path, label)
    assert labels


@pytest.mark.parametrize(
    "source",
    [
        "{% table %}{% endtable %}",
        "{% tabs %}{% endtabs %}",
        "{% tab %}x{% endtab %}",
        "{% action_link %}x{% endaction_link %}",
    ],
)
def test_a_component_says_what_it_lacks(source: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="did not receive value"):
        html_of(source)


def test_pages_before_and_after_keep_what_was_asked_for(rf: RequestFactory) -> None:
    page = Paginator(range(30), 10).page(2)
    pages = (
        engines["django"].from_string("{% pagination page %}").render({"page": page}, rf.get("/?level=urgent&page=2"))
    )
    assert 'rel="prev" href="?level=urgent&amp;page=1"' in pages
    assert 'rel="next" href="?level=urgent&amp;page=3"' in pages
    assert "Page 2 of 3" in pages


@pytest.mark.parametrize("name", NAMES)
def test_every_component_has_its_template_and_is_shown_in_the_gallery(name: str) -> None:
    assert (COMPONENTS / f"{name}.html").exists()
    assert f"{{% {name}" in (TEMPLATES / "gallery.html").read_text()


@pytest.mark.parametrize("name", NAMES)
def test_no_page_draws_a_component_by_hand(name: str) -> None:
    own = set(OUTERMOST.findall((COMPONENTS / f"{name}.html").read_text()))
    assert own
    by_hand = [
        f"{path.relative_to(TEMPLATES)}: <{element} class={look}>"
        for path in sorted(TEMPLATES.rglob("*.html"))
        if path.parent != COMPONENTS
        for element, look in WITH_CLASS.findall(path.read_text())
        if (element, look) in own
    ]
    assert by_hand == []


def test_in_a_heading_a_reference_never_breaks_and_tags_and_attributes_stay_as_they_are() -> None:
    heading = SafeString('Referral RF-3994P <span class="wm-tag A-1">EE-8052-W</span> &amp; more')
    assert unbroken_markup(heading) == (
        'Referral <span class="wm-reference">RF-3994P</span> <span class="wm-tag A-1">'
        '<span class="wm-reference">EE-8052-W</span></span> &amp; more'
    )
