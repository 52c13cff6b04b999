"""What keeps a concern company: links, concerns joined to it, and a second person asked."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Now

from concerns.concern.models import Concern
from concerns.handling.call_models import OwnReport, VoiceCall
from concerns.handling.link_models import ConcernLink
from concerns.handling.models import EndProposal
from concerns.rota.models import OnCallShift
from core.keyed import Keyed


def in_full(pk: int) -> QuerySet[Concern]:
    """The concern of this key with all its page shows of it, for whom has been found to see it."""
    facts = {name: fact(pk) for name, fact in FACTS.items()}
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


def with_company(concerns: QuerySet[Concern]) -> QuerySet[Concern]:
    """Each with `has_others`, linked or joined, and `has_proposal`, so that a page asks only where there are any."""
    linked = ConcernLink.objects.filter(Q(first=OuterRef("pk")) | Q(second=OuterRef("pk")))
    return concerns.annotate(  # type: ignore[no-redef]
        has_others=Exists(linked) | Exists(Concern.objects.filter(merged_into=OuterRef("pk"))) | Q(status="merged"),
        has_proposal=Exists(EndProposal.objects.waiting().filter(concern=OuterRef("pk"))),
    )


def with_voice(concerns: QuerySet[Concern]) -> QuerySet[Concern]:
    """Each with `rang`, whether anybody said whom they telephoned; `reported`, to whom somebody reported it last; and
    `on_call`, the telephone of who is on call now, never that of whom the concern is about."""
    covering = OnCallShift.objects.standing().filter(starts_at__lte=Now(), ends_at__gt=Now())
    safe = covering.exclude(person=Coalesce(OuterRef("about"), 0)).order_by("-starts_at", "-pk")
    reports = OwnReport.objects.filter(concern=OuterRef("pk")).order_by("-reported_at", "-pk")
    return concerns.annotate(  # type: ignore[no-redef]
        rang=Exists(VoiceCall.objects.filter(concern=OuterRef("pk"))),
        reported=Subquery(reports.values("to")[:1]),
        on_call=Subquery(safe.values("telephone")[:1]),
    )


def said_of(pk: int) -> QuerySet[Concern]:
    """The concern of this key with everything that is not its own."""
    return with_voice(with_company(Concern.objects.filter(pk=pk).with_author().with_tellings()))


def fact(name: str) -> Keyed:
    return Keyed(lambda pk: said_of(pk).values(name))


FACTS = {
    name: fact(name)
    for name in ("by_volunteer", "tellings", "has_others", "has_proposal", "rang", "reported", "on_call")
}
"""Each by the concern's key, so that its page need not have seven subqueries written anew."""
