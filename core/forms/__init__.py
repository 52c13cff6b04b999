"""Forms: where what people type comes in. Every form is a `Form`, and every text, day and moment has its field here."""

from core.forms.base import Form, refusals_on
from core.forms.changing import ChangingForm
from core.forms.days import DateField, DateInput
from core.forms.drawing import Field, Renderer
from core.forms.limits import EVER, TODAY, years
from core.forms.moments import MomentField, combined
from core.forms.text import EmailField, NameField, ReferenceField, TelephoneField

__all__ = [
    "EVER",
    "TODAY",
    "ChangingForm",
    "DateField",
    "DateInput",
    "EmailField",
    "Field",
    "Form",
    "MomentField",
    "NameField",
    "ReferenceField",
    "Renderer",
    "TelephoneField",
    "combined",
    "refusals_on",
    "years",
]
