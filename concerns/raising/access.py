"""Who may raise a concern, and about which circles."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.access import Role
from accounts.models import User
from circles.circle.models import Circle, visible_circles_of
from concerns.concern.access import BELONGED
from concerns.concern.rows import ON_SHIFT
from core.access import Access, act


class RaisingAccess(Access):
    """Raising a concern about a circle: never blocked for anyone who belonged to it (domain.md 10, rule 2)."""

    by: User
    record: Circle

    @act("raise a concern about a circle you never belonged to")
    def raise_concern(self) -> bool:
        return raisable_circles_of(self.by).filter(pk=self.record.pk).exists()


def raisable_circles_of(user: User) -> QuerySet[Circle]:
    """The circles a person may raise a concern about: those they see and those they once belonged to.

    A coordinator on call may raise one about any circle, so that a call at night can be written down.
    """
    if not user.is_active:
        return Circle.objects.none()
    if user.has_role(Role.COORDINATOR) and ON_SHIFT.read_keys(user.pk):
        return Circle.objects.all().outside_wall(user.pk)
    return Circle.objects.filter(Q(pk__in=visible_circles_of(user)) | Q(pk__in=BELONGED(user.pk)))


def may_raise_as_staff(user: User) -> bool:
    """Whether a person's role at the charity gives them the link “raise a concern”, which volunteers have too."""
    return any(user.has_role(role) for role in (Role.COORDINATOR, Role.MANAGER, Role.SAFEGUARDING_LEAD))


def charity_staff() -> QuerySet[User]:
    """Everybody who works for the charity; a concern could be about any of them."""
    roles = (
        Role.COORDINATOR,
        Role.MANAGER,
        Role.SAFEGUARDING_LEAD,
        Role.DIRECTOR,
        Role.DATA_PROTECTION_LEAD,
        Role.TECHNICIAN,
    )
    holders = User.objects.filter(groups__name__in=[role.value for role in roles]).values("pk")
    staff: QuerySet[User] = User.objects.filter(pk__in=holders, is_active=True).order_by("full_name", "pk")
    return staff
