"""The moments one tap away, when somebody meant one that the page offered some minutes ago."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from concerns.handling.forms import ActionForm

AT = datetime(2027, 3, 4, 14, 0, tzinfo=UTC)


def test_what_femi_chose_before_an_error_reads_as_a_time() -> None:
    """The page was opened ten minutes ago, and nothing was written under what was done."""
    chosen = (AT + timedelta(minutes=20)).isoformat()
    form = ActionForm({"until": chosen, "what": ""}, at=AT, latest=AT + timedelta(days=1))
    assert form.errors == {"what": ["Write what was done."]}
    labels = dict(form.fields["until"].choices)  # type: ignore[attr-defined]
    assert "2:20 pm" in labels[chosen]
    assert not any("T14" in label or "+00:00" in label for label in labels.values())


def test_what_is_no_moment_is_shown_as_none() -> None:
    form = ActionForm({"until": "x" * 50, "what": "He was rung."}, at=AT, latest=AT + timedelta(days=1))
    assert not form.is_valid()
    assert "x" * 50 not in dict(form.fields["until"].choices).values()  # type: ignore[attr-defined]
