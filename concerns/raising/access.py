"""Who may do what to a concern, and who must be told of one."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.access import Role
from accounts.models import User
from circles.circle.models import Circle, seen_circles
from concerns.concern.access import BELONGED
from concerns.concern.rows import ON_SHIFT
from core.access import Access, act


class RaisingAccess(Access):
    """Raising a concern about a circle: never blocked for anyone who belonged to it (domain.md 10, rule 2)."""

    by: User
    record: Circle

    @act("raise a concern about a circle you never belonged to")
    def raise_concern(self) -> bool:
        return raisable_by(self.by).filter(pk=self.record.pk).exists()


def raisable_by(user: User) -> QuerySet[Circle]:
    """Circles a person may raise a concern about: those they see, those they once belonged to, and, so that a call
    at night can be written down, all for a coordinator on call."""
    if not user.is_active:
        return Circle.objects.none()
    if user.has_role(Role.COORDINATOR) and ON_SHIFT.found(user.pk):
        return Circle.objects.all()
    return Circle.objects.filter(Q(pk__in=seen_circles(user)) | Q(pk__in=BELONGED(user.pk)))


def raises_as_staff(user: User) -> bool:
    """Keeps circles, and so is shown the way to raise a concern about one, as its volunteers are."""
    return any(user.has_role(role) for role in (Role.COORDINATOR, Role.MANAGER, Role.SAFEGUARDING_LEAD))


def charity_staff() -> QuerySet[User]:
    """Everybody who works for the charity, whom a concern could be about."""
    roles = (
        Role.COORDINATOR,
        Role.MANAGER,
        Role.SAFEGUARDING_LEAD,
        Role.DIRECTOR,
        Role.DATA_PROTECTION_LEAD,
        Role.TECHNICIAN,
    )
    holding = User.objects.filter(groups__name__in=[role.value for role in roles]).values("pk")
    found: QuerySet[User] = User.objects.filter(pk__in=holding, is_active=True).order_by("full_name", "pk")
    return found
