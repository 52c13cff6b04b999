"""Work about answers in a log that must be passed on as a concern and are not yet. They go before everything like one."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from circles.forcing_answer.models import TIME_FOR_WRITER_IF_SMALL, ForcingAnswer, time_for_writer
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines
from core.templatetags.ui import clock
from core.worklist import Rank, WorkItem


def _forcing_rows(reader: WorkReader) -> Rows:
    """Such answers that this person gave, or of circles looked after."""
    mine = Q(given_by=reader.user, minutes__meeting__circle__in=reader.joined)
    waiting = ForcingAnswer.objects.visible_to(reader.user).still_open()
    return as_lines(
        waiting.filter(mine | Q(minutes__meeting__circle__in=reader.looked_after)),
        due="due_at",
        circle="minutes__meeting__circle",
        ref="minutes__meeting__reference",
        answer="field",
        value="value",
        given_by="given_by__first_name",
        given_by_key="given_by",
        due_at="due_at",
    )


def _say_forcing(line: WorkLine, reader: WorkReader) -> WorkItem:
    due_at = line.moment("due_at")
    is_small = time_for_writer(line.facts["answer"], line.facts["value"]) == TIME_FOR_WRITER_IF_SMALL
    in_words = ForcingAnswer(field=line.facts["answer"], value=line.facts["value"]).in_words
    if line.facts["given_by_key"] == reader.user.pk:
        asked = {"circle": line.circle, "meeting": line.facts["ref"], "answer": line.facts["answer"]}
        title, url = f"Pass this on now. {in_words}", f"{reverse('concerns:raise')}?{urlencode(asked)}"
    else:
        title, url = f"{line.facts['given_by']}’s log says: {in_words}", reverse("circles:circle", args=[line.circle])
    return WorkItem(
        title=title,
        url=url,
        due_at=due_at,
        must_act=True,
        rank=Rank.OTHER if is_small else Rank.URGENT,
        detail=f"Circle {line.circle}. Not passed on yet; the service does it at {clock(due_at)}.",
    )


FORCING_KINDS = (WorkKind("forcing_answer", "Answers to pass on", _forcing_rows, _say_forcing),)
