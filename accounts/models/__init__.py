"""The tables of who can sign in."""

from accounts.models.agency import Agency, Area
from accounts.models.invitation import Invitation
from accounts.models.user import User

__all__ = ["Agency", "Area", "Invitation", "User"]
