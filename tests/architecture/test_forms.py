"""Everything people type comes in through one place, found by looking at every form, field, model and address."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django import forms
from django.apps import apps
from django.db import models
from django.urls import get_resolver, resolve

from core.forms import DateField, Form, MomentField
from core.forms.base import CleanedForm
from core.forms.limits import Bounded
from tests.accounts.test_second_factor import addresses
from tests.architecture.sources import DOMAIN, ROOT, short_path_of, sources, tree_of

HOME = "core/forms/"
OWN_FIELDS = {
    "DateField",
    "DateTimeField",
    "SplitDateTimeField",
    "SplitDateTimeWidget",
    "SelectDateWidget",
    "DateTimeInput",
}


def modules() -> list[Path]:
    return [path for path in sources() if "forms" in path.parts or path.name.endswith("forms.py")]


def every_form(kind: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    """Each form of the project, all its modules read."""
    for below in kind.__subclasses__():
        if below.__module__.split(".")[0] in {*DOMAIN, "config", "embedded", "core"}:
            yield below
        yield from every_form(below)


def read_all() -> set[type[forms.BaseForm]]:
    for path in sources(*DOMAIN, "config", "embedded"):
        if "forms" in path.read_text() and path.name != "__main__.py":
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    return set(every_form())


def test_every_form_is_cleaned_before_anything_sees_it() -> None:
    found = read_all()
    assert len(found) > 100
    assert [form.__qualname__ for form in found if not issubclass(form, CleanedForm)] == []


def test_only_forms_of_libraries_are_cleaned_without_being_ours() -> None:
    ours = {form for form in read_all() if not issubclass(form, Form)}
    assert {form.__module__ for form in ours} <= {"core.forms.base", "accounts.library_forms"}


def test_days_and_moments_have_one_field_each() -> None:
    loose = []
    for path in sources():
        if short_path_of(path).startswith(HOME):
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Attribute) and node.attr in OWN_FIELDS and ast.unparse(node.value) == "forms":
                loose.append(f"{short_path_of(path)}:{node.lineno} forms.{node.attr}")
    assert loose == []


def names_of_moments() -> set[str]:
    """What each moment that people type is called."""
    found = {name for form in read_all() for name, field in form.base_fields.items() if isinstance(field, MomentField)}
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Assign) and "MomentField(" in ast.unparse(node.value):
                found |= {
                    target.slice.value
                    for target in node.targets
                    if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant)
                }
    return found


def ranges_checked(model: type[models.Model]) -> str:
    return " ".join(str(rule) for rule in model._meta.constraints if rule.name.endswith("_believable"))


def test_the_database_holds_every_day_and_every_typed_moment_between_two_years() -> None:
    typed = names_of_moments() | {"planned_at", "planned_for", "held_at", "moved_to", "until"}
    assert {"starts_at", "ends_at", "known_at", "telephoned_at", "reported_at"} <= typed
    open_ended = []
    for app in DOMAIN:
        for model in apps.get_app_config(app).get_models():
            rules, auditlog = ranges_checked(model), model.__name__ == "LogEntry"
            for field in model._meta.local_fields:
                is_moment = isinstance(field, models.DateTimeField)
                is_day = isinstance(field, models.DateField) and not is_moment
                if (
                    (is_day or (is_moment and field.name in typed))
                    and f"{field.name}__range" not in rules
                    and not auditlog
                ):
                    open_ended.append(f"{model.__name__}.{field.name}")
    assert open_ended == []


def test_every_day_and_moment_of_a_form_says_its_first_and_its_last() -> None:
    for form in read_all():
        for field in form.base_fields.values():
            if isinstance(field, Bounded):
                assert isinstance(field, DateField | MomentField)
                assert field.earliest is not None
                assert field.latest is not None


def test_an_address_in_small_letters_is_no_other_page() -> None:
    """References are found in small letters too, so no page may be called what a reference could be."""
    wrong = []
    for name, address in addresses(get_resolver()):
        if resolve(address).view_name != name:
            wrong.append(f"{address} is {resolve(address).view_name} and not {name}")
    assert wrong == []
