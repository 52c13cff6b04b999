"""How a referral stands, in the neutral words that its referrer reads."""

from __future__ import annotations

from offenders.referral.models import DeclineReason, Referral

WORDS = {
    Referral.Status.DRAFT: "It has not been sent yet.",
    Referral.Status.SUBMITTED: "We have it. You hear from us within two working days.",
    Referral.Status.SCREENING: "We are looking at it. You have an answer within ten working days of sending it.",
    Referral.Status.INFO_REQUESTED: "We have asked you for something. The link to answer is in your mail.",
    Referral.Status.ASSESSING: "It meets our criteria. We now talk to everybody concerned.",
    Referral.Status.PANEL: "It is being decided.",
    Referral.Status.DEFERRED: "The decision has been put off. We tell you when there is one.",
    Referral.Status.DECLINED: "We cannot offer a place.",
    Referral.Status.ACCEPTED: "We offer a place. The coordinator rings you about what comes next.",
    Referral.Status.WITHDRAWN: "It was withdrawn.",
    Referral.Status.LAPSED: "It ended because we did not hear from you. Ring us if you wish to begin again.",
}


def status_for_referrer(referral: Referral) -> list[str]:
    """What she reads, sentence by sentence. Of a declined one the reason and what would help."""
    said = [WORDS[Referral.Status(referral.status)]]
    if referral.status == Referral.Status.DECLINED:
        said += [f"{DeclineReason(referral.decline_reason).label}.", referral.decline_advice]
        said.append("If you do not agree, ring the coordinator: a manager looks at it again.")
    return said
