"""The facts that a concern's page needs beside the concern's own row: links, proposals, calls and reports."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Now

from concerns.concern.models import Concern
from concerns.handling.call_models import OwnReport, VoiceCall
from concerns.handling.link_models import ConcernLink
from concerns.handling.models import EndProposal
from concerns.rota.models import OnCallShift
from core.keyed_query import KeyedQuery


def full_concern(pk: int) -> QuerySet[Concern]:
    """The concern of this key with all that its page shows. The caller has checked that the reader may see it."""
    facts = {name: _fact(pk) for name, _fact in FACTS.items()}
    return (
        Concern.objects.filter(pk=pk)
        .annotate(**facts)
        .select_related(
            "circle__core_member__area",
            "circle__coordinator",
            "queue__area",
            "raised_by",
            "about",
            "claimed_by",
            "meeting",
            "ladder",
        )
    )


def with_links(concerns: QuerySet[Concern]) -> QuerySet[Concern]:
    """Adds `has_others` (linked or joined) and `has_proposal`, so that a page reads them only if there are any."""
    linked = ConcernLink.objects.filter(Q(first=OuterRef("pk")) | Q(second=OuterRef("pk")))
    return concerns.annotate(  # type: ignore[no-redef]
        has_others=Exists(linked) | Exists(Concern.objects.filter(merged_into=OuterRef("pk"))) | Q(status="merged"),
        has_proposal=Exists(EndProposal.objects.waiting().filter(concern=OuterRef("pk"))),
    )


def with_calls(concerns: QuerySet[Concern]) -> QuerySet[Concern]:
    """Adds `rang`, whether a call was recorded; `reported`, the agency somebody reported it to last; and `on_call`, the
    telephone number of the person on call now, never that of the person the concern is about."""
    covering = OnCallShift.objects.agreed().filter(starts_at__lte=Now(), ends_at__gt=Now())
    safe = covering.exclude(person=Coalesce(OuterRef("about"), 0)).order_by("-starts_at", "-pk")
    reports = OwnReport.objects.filter(concern=OuterRef("pk")).order_by("-reported_at", "-pk")
    return concerns.annotate(  # type: ignore[no-redef]
        rang=Exists(VoiceCall.objects.filter(concern=OuterRef("pk"))),
        reported=Subquery(reports.values("to")[:1]),
        on_call=Subquery(safe.values("telephone")[:1]),
    )


def _concern_with_facts(pk: int) -> QuerySet[Concern]:
    """The concern of this key with every fact from other tables."""
    return with_calls(with_links(Concern.objects.filter(pk=pk).with_author().with_tellings()))


def _fact(name: str) -> KeyedQuery:
    return KeyedQuery(lambda pk: _concern_with_facts(pk).values(name))


FACTS = {
    name: _fact(name)
    for name in ("by_volunteer", "tellings", "has_others", "has_proposal", "rang", "reported", "on_call")
}
"""Each fact by the concern's key. The SQL of these seven subqueries is compiled once per process."""
