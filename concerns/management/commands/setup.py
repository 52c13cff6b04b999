"""Sets the service up: asks for what only an operator knows, and says what is missing or unsafe.

It may be run again: it shows what is set, and changes only what is answered anew.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from accounts.access import Role, people_with_role
from accounts.models import Area, Invitation
from accounts.operations import invite_first_manager, name_areas, name_provider, provider_agency
from alerts.watch.heartbeat import age
from concerns.readiness.facts import ServiceFacts
from concerns.readiness.needs import BEFORE_CONCERN, BEFORE_MEETING, states_of_needs
from concerns.watch.reconcile import OVERDUE, reconcile
from concerns.watch.sweep import CHECKER
from core.counts import counted
from core.errors import Refused
from core.forms import EmailField, NameField
from core.installation import Finding, Standing, findings_of_environment

SIGNS = {Standing.SET: "  ok       ", Standing.UNSAFE: "  unsafe   ", Standing.MISSING: "  MISSING  "}


class Command(BaseCommand):
    help = "Set the service up: who runs it, where, and the first manager. Says what is missing or unsafe."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--provider", help="the provider’s name")
        parser.add_argument("--areas", help="the MAPPA areas worked in, with commas between")
        parser.add_argument("--manager-email", help="the first manager’s e-mail address")
        parser.add_argument("--manager-name", help="the first manager’s full name")
        parser.add_argument("--no-input", action="store_true", help="ask nothing, for scripts")

    def handle(self, *args: Any, **options: Any) -> None:
        self.asks, at = not options["no_input"], timezone.now()
        findings = findings_of_environment()
        self._show("The environment, which .env and the files of secrets set:", findings)
        try:
            self._ask_for_provider(options["provider"], at)
            self._ask_for_areas(options["areas"], at)
            self._ask_for_manager(options["manager_email"], options["manager_name"], at)
            # The answers took their time: what is found out next is found out now.
            at = timezone.now()
            findings += self._show("The service:", _findings_of_service(at))
        except DatabaseError as failure:
            raise CommandError(
                f"The database does not answer as it should ({type(failure).__name__}). Start it, run "
                "`manage.py migrate`, then this again."
            ) from failure
        missing = sum(finding.standing is Standing.MISSING for finding in findings)
        if missing:
            raise CommandError(f"Still missing: {missing}, marked above. Set what is missing, then run this again.")
        self.stdout.write(f"Nothing is missing here. {_what_pages_do(at)}")

    def _show(self, heading: str, findings: list[Finding]) -> list[Finding]:
        self.stdout.write(f"\n{heading}")
        for finding in findings:
            self.stdout.write(SIGNS[finding.standing] + finding.words)
        return findings

    def _ask(self, question: str, given: str | None, keeps: str = "") -> str:
        """The option's value, or what is typed; empty if nothing is, or if nothing may be asked."""
        if given is not None or not self.asks:
            return (given or "").strip()
        self.stdout.write(f"{question}{f' (Enter keeps “{keeps}”)' if keeps else ''}: ", ending="")
        self.stdout.flush()
        return sys.stdin.readline().strip()

    def _until_taken(self, write: Callable[[], None], *, given: str | None) -> None:
        """Ask and write; after a refusal say it, and ask again. What an option gives is refused once and for all."""
        while True:
            try:
                return write()
            except (Refused, ValidationError) as refused:
                words = refused.message if isinstance(refused, Refused) else " ".join(refused.messages)
                if not self.asks or given is not None:
                    raise CommandError(words) from refused
                self.stdout.write(f"  {words}")

    def _ask_for_provider(self, given: str | None, at: datetime) -> None:
        provider = provider_agency()

        def write() -> None:
            name = self._ask("\nThe name of the circle provider", given, provider.name if provider else "")
            if name:
                name_provider(name=NameField(max_length=80).clean(name), at=at)

        self._until_taken(write, given=given)

    def _ask_for_areas(self, given: str | None, at: datetime) -> None:
        def write() -> None:
            now = ", ".join(area.name for area in Area.objects.worked_in())
            typed = self._ask("The MAPPA areas it works in, with commas between", given, now)
            names = [name.strip() for name in typed.split(",") if name.strip()]
            if names:
                name_areas(names=names, at=at)

        self._until_taken(write, given=given)

    def _ask_for_manager(self, email: str | None, full_name: str | None, at: datetime) -> None:
        """Ask for the first manager while there is none; whoever is invited already may be invited anew."""
        if people_with_role(Role.MANAGER).exists():
            return
        invited = _open_invitation(at)

        def write() -> None:
            address = self._ask("The first manager’s e-mail address", email, invited.email if invited else "")
            if not address:
                return
            address = EmailField().clean(address)
            name = self._ask("Their full name", full_name)
            link = invite_first_manager(email=address, full_name=NameField(max_length=120).clean(name), at=at)
            self.stdout.write(
                f"\nThis link lets them in once, for 72 hours. It is mailed too, if mail goes out:\n{link}"
            )

        self._until_taken(write, given=email)


def _what_pages_do(at: datetime) -> str:
    """What is left for the managers, and on which page."""
    needs = states_of_needs([*BEFORE_MEETING, *BEFORE_CONCERN], ServiceFacts(at))
    still_open, page = sum(state.is_open for state in needs), settings.SITE_ADDRESS + reverse("set_up")
    if not still_open:
        return f"The set-up page agrees: {page}."
    return f"The rest is done by pages: {page} lists {counted(still_open, 'thing', 'things')} to do, and who can do it."


def _open_invitation(at: datetime) -> Invitation | None:
    """The invitation of a first manager that can still be accepted."""
    sent = Invitation.objects.usable(at).filter(role=Role.MANAGER, invited_by=None)
    return sent.order_by("-pk").first()


def _findings_of_service(at: datetime) -> list[Finding]:
    """What the database holds of all this, and whether the service runs."""
    return [
        _provider(),
        _areas(),
        _manager(at),
        _clock(at),
        *(Finding(Standing.UNSAFE, words) for words in reconcile(at=at)),
    ]


def _provider() -> Finding:
    provider = provider_agency()
    if provider is None:
        return Finding(Standing.MISSING, "The provider has no name. Answer the question, or give --provider.")
    return Finding(Standing.SET, f"Circles are run by {provider.name}.")


def _areas() -> Finding:
    names = [area.name for area in Area.objects.worked_in()]
    if not names:
        return Finding(Standing.MISSING, "No area is worked in. Answer the question, or give --areas.")
    return Finding(Standing.SET, f"They meet in {', '.join(names)}.")


def _manager(at: datetime) -> Finding:
    managers, invited = people_with_role(Role.MANAGER).count(), _open_invitation(at)
    if managers:
        return Finding(Standing.SET, f"{managers} can manage the service, and invite others on its People page.")
    if invited:
        return Finding(Standing.SET, f"{invited.email} is invited to be the first manager.")
    return Finding(
        Standing.MISSING,
        "Nobody manages the service. Answer the questions, or give --manager-email and --manager-name.",
    )


def _clock(at: datetime) -> Finding:
    since = age(CHECKER, at=at)
    if since is None or since > OVERDUE:
        return Finding(
            Standing.UNSAFE,
            "The clock does not run: nobody is told anything. Start the worker, the clock and the timer.",
        )
    return Finding(Standing.SET, "The clock runs.")
