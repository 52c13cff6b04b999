"""What goes with a name that is erased: of a referral that led to nothing, everything that the form said of him."""

from __future__ import annotations

from offenders.referral.answer_models import SectionAnswers
from offenders.referral.models import Referral


def delete_answers_of(holder: object) -> None:
    """Delete the answers. How it went, when and why it was declined stay for the figures, and which papers go back.

    Of a core member nothing is deleted: his record is needed, and his referral belongs to it.
    """
    if not isinstance(holder, Referral) or holder.status not in Referral.LED_TO_NOTHING:
        return
    SectionAnswers.objects.filter(referral=holder).delete()
