"""What somebody on a panel reads of a referral: no professional’s name, no risk to volunteers, no letter."""

from __future__ import annotations

from dataclasses import dataclass

from offenders.eligibility.models import CriterionAnswer, Screening
from offenders.panel.models import Seat, SignOff
from offenders.referral.answer_models import SectionAnswers
from offenders.referral.answers import FilledSection, filled_sections

NOT_FOR_THE_PANEL = frozenset({"professionals"})


@dataclass(frozen=True)
class PanelPapers:
    """The form, how the criteria are met, and the assessment."""

    sections: list[FilledSection]
    screening: Screening | None
    answers: list[CriterionAnswer]
    sign_offs: list[SignOff]


def papers_for(seat: Seat) -> PanelPapers:
    """The papers of a seat that its holder has opened."""
    rows = SectionAnswers.objects.filter(referral=seat.referral).exclude(section__in=NOT_FOR_THE_PANEL)
    answers = CriterionAnswer.objects.filter(screening__referral=seat.referral).select_related("criterion")
    return PanelPapers(
        sections=[filled for filled in filled_sections(rows) if filled.filled],
        screening=Screening.objects.select_related("criteria").filter(referral=seat.referral).first(),
        answers=list(answers.order_by("criterion")),
        sign_offs=list(
            SignOff.objects.filter(referral=seat.referral).select_related("signed_by").order_by("signed_at")
        ),
    )
