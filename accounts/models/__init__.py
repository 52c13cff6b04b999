"""The tables of people, teams, agencies, invitations, and the forms that people sent."""

from accounts.models.address import AddressChange
from accounts.models.agency import Agency, Area
from accounts.models.former_name import FormerName
from accounts.models.invitation import Invitation
from accounts.models.proposal import Proposal
from accounts.models.standing import AccountEvent, Change
from accounts.models.submission import KeptForm, Submission
from accounts.models.team import Team
from accounts.models.user import User

__all__ = [
    "AccountEvent",
    "AddressChange",
    "Agency",
    "Area",
    "Change",
    "FormerName",
    "Invitation",
    "KeptForm",
    "Proposal",
    "Submission",
    "Team",
    "User",
]
