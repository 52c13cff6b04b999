"""Telephone numbers: read as people type them, stored in international form, shown as one dials them in Britain."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from core.typed import DASHES, line_of

HOME = "GB"
LONGEST = 40
"""The most characters of a stored number, with its extension."""

TYPED = 60
"""The most characters of a typed number, with spaces, brackets or a word."""

CALLED = re.compile(r"^(?:tel|phone|telephone|mobile|mob)[ .:]+", re.IGNORECASE)
EXTENSION = re.compile(r"(?<![ ,;])[ ,;]*(?:ext(?:ension|n)?[ .:=]*|x[ .:]*|#[ ]*)([0-9]{1,10})$", re.IGNORECASE)
SHORT = re.compile(r"[1-9][0-9]{2,5}")
"""Numbers that can be dialled only from inside the country, such as 101 for the police."""

MOBILE_AT_HOME = re.compile(r"7(?:[1-57-9][0-9]{8}|624[0-9]{6})")
"""Not 070 numbers, which forward calls at a price, and not 076, which are pagers (except on the Isle of Man)."""

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


def _number_and_extension_of(text: str) -> tuple[str, str]:
    """The number that somebody typed, and the extension after it."""
    plain = re.sub(rf"[{DASHES}]", "-", line_of(text[:TYPED]))
    plain = CALLED.sub("", plain)
    extension = EXTENSION.search(plain)
    return EXTENSION.sub("", plain), extension[1] if extension else ""


def _phone_number_of(text: str) -> PhoneNumber | None:
    """The number that somebody typed; None if it cannot be dialled from abroad."""
    plain, extension = _number_and_extension_of(text)
    if len(text) > TYPED or not re.fullmatch(r"[0-9+() ./-]+", plain):
        return None
    try:
        number = phonenumbers.parse(plain, HOME)
    except phonenumbers.NumberParseException:
        return None
    number.extension = extension or None
    return number if phonenumbers.is_possible_number(number) else None


def mobile_of(text: str) -> str | None:
    """A number that can receive texts, as E.164; None for any other."""
    number = _phone_number_of(text)
    if number is None or number.extension:
        return None
    if number.country_code == 44:
        is_mobile = MOBILE_AT_HOME.fullmatch(str(number.national_number)) is not None
    else:
        is_mobile = phonenumbers.number_type(number) not in NEVER_TEXTED
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if is_mobile else None


def stored_number_of(text: str) -> str | None:
    """A typed number as the service stores it: E.164, or a short one unchanged; then `;ext=` and its extension, if any."""
    number = _phone_number_of(text)
    if number is None:
        dialled, extension = _number_and_extension_of(text)
        if not SHORT.fullmatch(dialled):
            return None
    else:
        dialled, extension = phonenumbers.format_number(number, PhoneNumberFormat.E164), number.extension or ""
    return f"{dialled};ext={extension}" if extension else dialled


def readable_number_of(text: str) -> str:
    """A stored number as people read it: 01480 456111 ext 8001234."""
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


def home_number_of(text: str) -> str:
    """A typed number as a `tel:` link dials it in this country."""
    number = stored_number_of(text)
    if number is None:
        return text.replace(" ", "")
    return f"0{number[3:]}" if number.startswith("+44") else number
