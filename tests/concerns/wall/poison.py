"""A concern with one invented word in every field that takes words, taken as far as its people can take it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from accounts.models import User
from concerns.choices import Basis, Kind, Level, Outcome
from concerns.concern.models import Concern
from concerns.handling.hold_operations import hold_concern, release_hold
from concerns.handling.link_operations import link_concerns
from concerns.handling.operations import answer_concern, record_action
from concerns.handling.promise_operations import acknowledge_concern
from concerns.handling.reopen_operations import reopen_concern
from concerns.handling.second_person_operations import decline_to_end, mark_raised_in_error
from concerns.handling.triage_operations import triage_concern
from concerns.handover.operations import hand_over
from concerns.raising.operations import raise_concern
from concerns.share.choices import Condition, Gateway, LawfulBasis, Method, Told
from concerns.share.models import Share
from concerns.share.operations import approve_share, decide_not_to_share, propose_share, send_share
from concerns.share.recipient import OtherRecipient
from concerns.share.reply_operations import acknowledge_share
from tests.world import World

POISON = "Quillonbery"
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Poisoned:
    """The concern, what was told of it, and its marks: none of them may stand where it must not be known."""

    concern: Concern
    share: Share

    @property
    def marks(self) -> list[str]:
        return [POISON, self.concern.reference, self.share.reference]


def plain(world: World) -> Concern:
    """An ordinary worry, which its circle's coordinator and her queue see."""
    return raise_concern(
        world.ely, submit_key=uuid4(), level=Level.URGENT, words="He was sour.", by=world.tom, at=world.now
    )


def poison(world: World, about: User | None = None, linked: Concern | None = None) -> Poisoned:
    """Ben's worry (Tom's, if it is about Ben), worked by Fay (Kit, if it is about Fay) and Esi; open at the end."""
    by = world.tom if about == world.ben else world.ben
    lead = world.kit if about == world.fay else world.fay
    second = world.hana if about in (world.fay, world.kit) else world.kit
    at = world.now
    concern = raise_concern(
        world.ely,
        submit_key=uuid4(),
        level=Level.URGENT,
        kind=Kind.CHILD_CONTACT,
        basis=Basis.OBSERVED,
        words=f"{POISON} mends bikes for two boys.",
        opinion=f"{POISON} is not alone.",
        about=about,
        by=by,
        at=at,
    )
    mark_raised_in_error(concern, reason=f"{POISON} twice.", by=lead, at=at)
    decline_to_end(concern, by=second, at=at)
    if linked is not None:
        link_concerns(concern, other=linked, why=f"{POISON} again.", by=lead, at=at)
    for person in (lead, world.esi):
        acknowledge_concern(concern, until=at + HOUR, plan=f"Ring {POISON}.", by=person, at=at)
    triage_concern(concern, level=Level.PRIORITY, reason=f"{POISON} rang.", by=lead, at=at)
    hold_concern(concern, waiting_for=POISON, until=at + 3 * HOUR, by=world.esi, at=at)
    release_hold(concern, by=world.esi, at=at)
    triage_concern(concern, level=Level.URGENT, by=lead, at=at)
    record_action(concern, what=f"Rang {POISON}.", until=at + 2 * HOUR, by=world.esi, at=at)
    said = dict.fromkeys(["happened", "risk_now", "done", "who_told", "next_steps"], f"{POISON} is safe.")
    hand_over(concern, **said, owner=second, by=lead, at=at)
    share = tell(world, concern, lead, second)
    answer_concern(concern, outcome=Outcome.VISIT, answer=f"Visited {POISON}.", by=world.esi, at=at)
    reopen_concern(concern, reason=f"{POISON} came back.", by=lead, at=at)
    concern.refresh_from_db()
    return Poisoned(concern, share)


def tell(world: World, concern: Concern, lead: User, second: User) -> Share:
    """One share sent and answered, and one decided against."""
    told: dict[str, Any] = {
        "other_recipient": OtherRecipient(name="Sgt Vane", role="Case officer", agency="Cambridgeshire police"),
        "basis": LawfulBasis.LEGITIMATE_INTERESTS,
        "condition": Condition.SAFEGUARDING,
        "text": f"{POISON} mends bikes.",
        "purpose": f"So that {POISON} is safe.",
        "necessity": f"Less than {POISON}.",
        "gateway": Gateway.CRIME_AND_DISORDER,
        "method": Method.TELEPHONE,
        "told_core_member": Told.NO,
        "told_why": f"{POISON} would run.",
    }
    at = world.now
    share = send_share(approve_share(propose_share(concern, by=lead, at=at, **told), by=second, at=at), by=lead, at=at)
    acknowledge_share(share, their_plan=f"{POISON} is visited.", their_reference=POISON, by=lead, at=at)
    untold = approve_share(propose_share(concern, by=lead, at=at, **told), by=second, at=at)
    decide_not_to_share(untold, reason=f"{POISON} knows.", by=lead, at=at)
    return share


def marks_in(pages: dict[str, str], made: Poisoned) -> dict[str, list[str]]:
    """The addresses at which a mark of the concern stands, in the page or in the address."""
    found = {where: [mark for mark in made.marks if mark in f"{where} {said}"] for where, said in pages.items()}
    return {where: marks for where, marks in found.items() if marks}
