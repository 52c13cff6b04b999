"""AccountEvent: one row for each change of who somebody is here, and of how they sign in, cover, are on call or reached."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Coalesce

from accounts.models.role import Role
from accounts.models.user import User
from core.constraints import one_of
from core.old_pages import last_line


class Change(models.TextChoices):
    """The kinds of change, in the words of the person's own page."""

    JOINED = "joined", "Joined"
    SUSPENDED = "suspended", "Suspended: cannot sign in"
    LEFT = "left", "Account ended"
    RETURNED = "returned", "May sign in again"
    TEAM_JOINED = "team_joined", "Put into a team"
    TEAM_LEFT = "team_left", "Taken out of a team"
    LEAVE_PLANNED = "leave_planned", "Leave planned"
    LEAVE_CANCELLED = "leave_cancelled", "Leave called off"
    COVER_PLANNED = "cover_planned", "Named to cover somebody's leave"
    COVER_CANCELLED = "cover_cancelled", "No longer covers somebody's leave"
    SHIFT_ASKED = "shift_asked", "Asked to be on call"
    SHIFT_AGREED = "shift_agreed", "A shift on call agreed to by one of those who must"
    SHIFT_PLANNED = "shift_planned", "Put on call"
    SHIFT_REFUSED = "shift_refused", "Not put on call after all"
    SHIFT_CANCELLED = "shift_cancelled", "Taken off call"
    NUMBER_GIVEN = "number_given", "Mobile number given, not yet proved"
    NUMBER_PROVED = "number_proved", "Mobile number proved"
    NUMBER_REMOVED = "number_removed", "Mobile number taken away"
    NUMBER_TRIED = "number_tried", "Wrong code for a mobile number"
    FACTOR_ADDED = "factor_added", "Second factor added"
    FACTOR_REMOVED = "factor_removed", "Second factor removed"
    CODES_MADE = "codes_made", "Recovery codes made"
    CODE_USED = "code_used", "Signed in with a recovery code"
    PASSWORD_CHANGED = "password_changed", "Password changed"
    PASSWORD_RESET = "password_reset", "Password chosen anew through a link"
    ADDRESS_CHANGED = "address_changed", "E-mail address changed"
    ADDRESS_ASKED = "address_asked", "Another e-mail address given, not yet confirmed"
    NAME_CHANGED = "name_changed", "Name changed"
    ROLE_GIVEN = "role_given", "Role given"
    ROLE_TAKEN = "role_taken", "Role taken away"
    RECOVERY_ASKED = "recovery_asked", "Said to have lost every way to sign in; a second person is asked"
    RECOVERY_REFUSED = "recovery_refused", "A new way to sign in was refused"
    RECOVERED = "recovered", "Password, second factors and sessions ended; a link to sign in anew was sent"
    TRIED = "tried", "Somebody keeps trying to sign in as this person"


TRIES = (Change.NUMBER_TRIED, Change.TRIED)
"""Somebody tried, and the account is as it was."""


class AccountEventQuerySet(models.QuerySet["AccountEvent"]):
    def visible_to(self, user: User) -> Self:
        """The events of every account this person may open, and of their own."""
        return self.filter(person__in=User.objects.visible_to(user).values("pk"))


class AccountEvent(models.Model):
    """One line of an account's story. `by` is null if the service itself noticed it, or nobody was signed in."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="account_events")
    change = models.CharField(max_length=20, choices=Change)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    role = models.CharField(max_length=30, choices=Role, blank=True, help_text="The role given or taken away.")

    objects = AccountEventQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("change", Change.values, name="account_event_change_known"),
            one_of("role", ["", *Role.values], name="account_event_role_known"),
            models.CheckConstraint(
                condition=Q(change__in=["role_given", "role_taken"]) & ~Q(role="")
                | ~Q(change__in=["role_given", "role_taken"]) & Q(role=""),
                name="account_event_names_the_role",
            ),
        ]
        indexes = [models.Index(fields=["person", "-at"], name="account_event_story")]

    def __str__(self) -> str:
        return f"account event {self.pk}"

    @property
    def sentence(self) -> str:
        """What a person reads of it within a sentence."""
        return self.words.lower()

    @property
    def words(self) -> str:
        """What changed; with the role, if one was given or taken away."""
        words = self.get_change_display()
        return f"{words}: {self.get_role_display().lower()}" if self.role else words


def changes_of(person: User) -> AccountEventQuerySet:
    """The lines of an account's story after which the account is another one."""
    return AccountEvent.objects.filter(person=person).exclude(change__in=TRIES)


def account_mark() -> Coalesce:
    """For the statement that reads an account: the last line of its story that changed it, as `story_mark`."""
    return last_line(AccountEvent.objects.exclude(change__in=TRIES), person=OuterRef("pk"))
