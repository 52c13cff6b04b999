"""The pages of the referral form. The coordinator and the referrer fill in the same ones, each through their own address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from core.errors import NotSeen
from core.forms import refusals_on
from core.templatetags.ui import clock
from offenders.referral.answer_models import SectionAnswers
from offenders.referral.answers import FilledSection, filled_sections
from offenders.referral.forms import SectionForm
from offenders.referral.questions import Section
from offenders.referral.sections import SECTIONS

CHANGED_TOO = "Somebody else changed the same answer. Press “Save and continue” to see both."


@dataclass(frozen=True)
class FormWriter:
    """Who fills in the form: what is answered, how it is saved, and the addresses of its pages."""

    rows: list[SectionAnswers]
    write: Callable[..., object]
    address: Callable[..., str]
    home: str

    @property
    def sections(self) -> list[tuple[FilledSection, str]]:
        """Every section, with the address of its page."""
        return [(filled, self.address(filled.section.name)) for filled in filled_sections(self.rows)]

    def row_of(self, section: Section, number: int) -> SectionAnswers:
        """What is answered to a section, or an empty row that is not stored."""
        found = (row for row in self.rows if (row.section, row.number) == (section.name, number))
        return next(found, SectionAnswers(section=section.name, number=number))


def section_named(name: str) -> Section:
    if name not in SECTIONS:
        raise NotSeen("section of the form", name)
    return SECTIONS[name]


def show_section(request: HttpRequest, writer: FormWriter, name: str) -> HttpResponse:
    """One page of questions; or the list of what the section is filled for."""
    section = section_named(name)
    if not section.many:
        return ask_section(request, writer, section, 1)
    filled = next(filled for filled, _ in writer.sections if filled.section is section)
    context = {
        "writer": writer,
        "section": section,
        "lines": [(number, lines, writer.address(name, number)) for number, lines in filled.lines],
        "add": writer.address(name, filled.next_number),
        "next": _page_after(writer, section),
    }
    return TemplateResponse(request, "offenders/referral/section_list.html", context)


def show_part(request: HttpRequest, writer: FormWriter, name: str, number: int) -> HttpResponse:
    """One of the things that a section is filled for."""
    section = section_named(name)
    if not section.many or number < 1:
        raise NotSeen("section of the form", f"{name} {number}")
    return ask_section(request, writer, section, number)


def ask_section(request: HttpRequest, writer: FormWriter, section: Section, number: int) -> HttpResponse:
    """Save what can be saved, and come back only with what cannot. A page saves by itself while somebody types."""
    row = writer.row_of(section, number)
    form = SectionForm(
        request.POST if request.method == "POST" else None,
        section=section,
        answers=row.answers,
        pages=row.pages,
        at=timezone.now(),
    )
    if form.is_bound:
        well_formed = form.is_valid()
        with refusals_on(form):
            said = form.well_formed_answers()
            writer.write(section=section.name, number=number, answers=said, page=form.page, at=timezone.now())
            form.initial.update(said)
            if well_formed and not _saves_by_itself(request):
                return redirect(writer.address(section.name) if section.many else _page_after(writer, section))
        if _saves_by_itself(request):
            return _what_was_saved(form)
    return TemplateResponse(
        request, "offenders/referral/section.html", {"writer": writer, "section": section, "form": form}
    )


def _saves_by_itself(request: HttpRequest) -> bool:
    """Whether static/js/autosave.js sent it, which wants no page."""
    return request.method == "POST" and not request.accepts("text/html")


def _what_was_saved(form: SectionForm) -> JsonResponse:
    """The time; or what keeps something from being saved."""
    refused = form.non_field_errors()
    if refused or form.changed_meanwhile:
        return JsonResponse({"problem": refused[0] if refused else CHANGED_TOO}, status=409)
    unfinished = [str(form.fields[name].label) for name in form.errors]
    problem = {"problem": f"Saved, but for “{unfinished[0]}”: finish it."} if unfinished else {}
    return JsonResponse({"saved": clock(timezone.now()), **problem})


def _page_after(writer: FormWriter, section: Section) -> str:
    """The next section, or what shows the whole form."""
    names = list(SECTIONS)
    place = names.index(section.name) + 1
    return writer.address(names[place]) if place < len(names) else writer.home
