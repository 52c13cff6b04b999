"""The base of every form, and the fields for names, addresses, references, numbers, days and moments."""

from core.forms.base import Form, refusals_as_messages, refusals_on
from core.forms.changing import ChangingForm
from core.forms.days import DateField, DateInput
from core.forms.drawing import Field, Renderer
from core.forms.limits import FIRST_DAY, TODAY, years
from core.forms.moments import MomentField, combine_day_and_time
from core.forms.rows import RowSelect
from core.forms.text import EmailField, NameField, ReferenceField, TelephoneField

__all__ = [
    "FIRST_DAY",
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
    "RowSelect",
    "TelephoneField",
    "combine_day_and_time",
    "refusals_as_messages",
    "refusals_on",
    "years",
]
