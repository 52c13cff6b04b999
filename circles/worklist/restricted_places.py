"""Work about meeting places that his restrictions speak against, where nobody has answered that since (domain.md 2.5)."""

from __future__ import annotations

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from circles.circle.models import Circle
from circles.meeting.models import Meeting
from circles.schedule.operations import day_text_of
from circles.venue.models import Venue, VenueChoice
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines
from core.worklist import WorkItem
from offenders.restriction.models import Restriction


def _restrictions_against(core_member: str, of_place: str, reader: WorkReader) -> QuerySet[Restriction]:
    """Restrictions in force that speak against a place, for a subquery. `of_place` is the way from the outer query to it."""
    of_children = Q(avoids_children=True) & Q(avoids_children=OuterRef(f"{of_place}children_on_site"))
    of_internet = Q(avoids_internet=True) & Q(avoids_internet=OuterRef(f"{of_place}internet_on_site"))
    of_district = Q(avoids_district=OuterRef(f"{of_place}district"))
    speaking = Restriction.objects.in_force(reader.today).filter(of_district | of_children | of_internet)
    return speaking.filter(core_member=OuterRef(core_member))


def _about_places(reader: WorkReader) -> QuerySet[Restriction]:
    """Restrictions in force against which places are checked."""
    return Restriction.objects.in_force(reader.today).filter(
        ~Q(avoids_district="") | Q(avoids_children=True) | Q(avoids_internet=True)
    )


def _usual_place_rows(reader: WorkReader) -> Rows:
    """Circles whose own place nobody has called right since the last restriction about places was written down."""
    his = _about_places(reader).filter(core_member=OuterRef("core_member")).order_by().values("core_member")
    choices = VenueChoice.objects.filter(circle=OuterRef("pk"), venue=OuterRef("venue")).order_by("-chosen_at", "-pk")
    against = _restrictions_against("core_member", "venue__", reader)
    ours = Circle.objects.visible_to(reader.user).filter(Exists(against), pk__in=reader.living_circles().values("pk"))
    asked = ours.annotate(
        newest=Subquery(his.annotate(newest=Max("added_at")).values("newest")),
        answer=Subquery(choices.values("answer")[:1]),
        answered_at=Subquery(choices.values("chosen_at")[:1]),
    )
    unanswered = Q(answer=None) | Q(answer="") | Q(answered_at__lt=F("newest"))
    return as_lines(asked.filter(unanswered), due="newest", circle="self", code="place_code")


def _say_usual_place(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title=f"A restriction speaks against where {line.circle} meets",
        url=reverse("circles:choose_venue", args=[line.circle]),
        due_at=line.due,
        must_act=True,
        detail=f"Choose another place than {line.facts['code']}, or say why it is still right.",
    )


def _other_place_rows(reader: WorkReader) -> Rows:
    """Meetings to come at another place than their circle's own. Nobody answers for such a place: they are moved.

    A place that is not on the list was checked by nobody: that counts too, where he has a restriction about places.
    """
    place = Venue.objects.filter(place_code=OuterRef("place_code"))
    ours = Meeting.objects.visible_to(reader.user).filter(circle__in=reader.living_circles().values("pk"))
    coming = ours.filter(status=Meeting.Status.PLANNED, planned_at__gt=reader.at)
    elsewhere = coming.exclude(place_code=F("circle__place_code")).annotate(
        district=Subquery(place.values("district")),
        children_on_site=Subquery(place.values("children_on_site")),
        internet_on_site=Subquery(place.values("internet_on_site")),
    )
    against = _restrictions_against("circle__core_member", "", reader)
    any_place = _about_places(reader).filter(core_member=OuterRef("circle__core_member"))
    return as_lines(
        elsewhere.filter(Exists(against) | (~Exists(place) & Exists(any_place))),
        due="planned_at",
        is_known=Exists(place),
        ref="reference",
        code="place_code",
        planned_at="planned_at",
    )


def _say_other_place(line: WorkLine, reader: WorkReader) -> WorkItem:
    planned_at, code = line.moment("planned_at"), line.facts["code"]
    known = line.facts["is_known"]
    what = f"A restriction speaks against {code}" if known else f"Nobody has checked {code} against his restrictions"
    return WorkItem(
        title=f"{what}, where {line.circle} meets on {day_text_of(planned_at)}",
        url=reverse("circles:move", args=[line.facts["ref"]]) if known else reverse("circles:add_venue"),
        due_at=planned_at,
        must_act=True,
        detail="Move the meeting to another place."
        if known
        else "Add the place with its postcode district, or move the meeting to one that is on the list.",
    )


RESTRICTED_PLACE_KINDS = (
    WorkKind("restricted_place", "Places a restriction speaks against", _usual_place_rows, _say_usual_place),
    WorkKind("restricted_meeting", "Meetings at such a place", _other_place_rows, _say_other_place),
)
