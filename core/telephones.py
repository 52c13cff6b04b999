"""Telephone numbers as people write them, kept in the international form and shown as one dials them at home."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from core.typed import DASHES, line_of

HOME = "GB"
LONGEST = 40
"""Characters of a number as it is kept, with its extension."""

TYPED = 60
"""Characters somebody may use for it: spaces, brackets, a word."""

CALLED = re.compile(r"^(?:tel|phone|telephone|mobile|mob)[ .:]+", re.IGNORECASE)
EXTENSION = re.compile(r"(?<![ ,;])[ ,;]*(?:ext(?:ension|n)?[ .:=]*|x[ .:]*|#[ ]*)([0-9]{1,10})$", re.IGNORECASE)
SHORT = re.compile(r"[1-9][0-9]{2,5}")
"""Numbers that are dialled from inside the country alone, such as the police's 101."""

MOBILE_AT_HOME = re.compile(r"7(?:[1-57-9][0-9]{8}|624[0-9]{6})")
"""Not 070, which rings on to anywhere at a price, nor 076, which are pagers (but for the Isle of Man's)."""

NEVER_TEXTED = {
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.PERSONAL_NUMBER,
    PhoneNumberType.PAGER,
    PhoneNumberType.UAN,
    PhoneNumberType.VOICEMAIL,
}


def parts_of(text: str) -> tuple[str, str]:
    """What somebody wrote as a number, and the extension after it."""
    plain = re.sub(rf"[{DASHES}]", "-", line_of(text[:TYPED]))
    plain = CALLED.sub("", plain)
    extension = EXTENSION.search(plain)
    return EXTENSION.sub("", plain), extension[1] if extension else ""


def parsed(text: str) -> PhoneNumber | None:
    """The number somebody wrote, if it is one that can be dialled from anywhere."""
    plain, extension = parts_of(text)
    if len(text) > TYPED or not re.fullmatch(r"[0-9+() ./-]+", plain):
        return None
    try:
        number = phonenumbers.parse(plain, HOME)
    except phonenumbers.NumberParseException:
        return None
    number.extension = extension or None
    return number if phonenumbers.is_possible_number(number) else None


def mobile_of(text: str) -> str | None:
    """A number that texts reach, as E.164; None if it is not one."""
    number = parsed(text)
    if number is None or number.extension:
        return None
    if number.country_code == 44:
        is_mobile = MOBILE_AT_HOME.fullmatch(str(number.national_number)) is not None
    else:
        is_mobile = phonenumbers.number_type(number) not in NEVER_TEXTED
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if is_mobile else None


def kept(text: str) -> str | None:
    """A number as the service keeps it: E.164, or a short one as it is; with `;ext=` and its extension if it has one."""
    number = parsed(text)
    if number is None:
        dialled, extension = parts_of(text)
        if not SHORT.fullmatch(dialled):
            return None
    else:
        dialled, extension = phonenumbers.format_number(number, PhoneNumberFormat.E164), number.extension or ""
    return f"{dialled};ext={extension}" if extension else dialled


def shown(text: str) -> str:
    """A number as it is read aloud here: 01480 456111 ext 8001234."""
    dialled, _, extension = text.partition(";ext=")
    try:
        number = phonenumbers.parse(dialled, HOME)
    except phonenumbers.NumberParseException:
        return text
    if phonenumbers.is_possible_number(number):
        home = number.country_code == 44
        form = PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
        dialled = phonenumbers.format_number(number, form)
    return f"{dialled} ext {extension}" if extension else dialled


def dialled_here(text: str) -> str:
    """A number for the link that rings it from a telephone in this country."""
    number = kept(text)
    if number is None:
        return text.replace(" ", "")
    return f"0{number[3:]}" if number.startswith("+44") else number
