"""When two people write of the same place, vehicle or name online: the forms that are compared, as keyed hashes."""

from __future__ import annotations

import re
import unicodedata

from concerns.pattern.handle import handles, name_of
from concerns.pattern.models import Named
from core.keyring import Keyring, get_keyring
from core.names import folded_name_of

POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b")
WORD = re.compile(r"\w+")
READ_ALIKE = str.maketrans("OI", "01")
"""Letters and figures that are misread for one another on a plate."""

SHORT = {
    "road": "rd",
    "street": "st",
    "saint": "st",
    "avenue": "ave",
    "lane": "ln",
    "drive": "dr",
    "close": "cl",
    "court": "ct",
    "crescent": "cres",
    "gardens": "gdns",
    "place": "pl",
    "square": "sq",
    "terrace": "ter",
}
DROPPED = {"the", "at", "in", "near"}
LEAST, LONGEST_PLATE = 3, 8
NAMES_NOTHING = (
    "unknown notknown notsure none nothing noname anonymous somebody someone online internet website profile account page "
    "facebook facebookcom instagram instagramcom insta snapchat snapchatcom snap tiktok tiktokcom twitter twittercom xcom "
    "whatsapp whatsappcom telegram youtube youtubecom discord reddit redditcom messenger email phone telephone "
    "park school shop shops home house flat hisflat hishouse hishome hostel work pub church library town towncentre "
    "station bus train street road playground pool swimmingpool beach gym cafe college hospital supermarket market "
    "outside somewhere car van bike"
)
NAMED_BY_EVERYBODY = frozenset(NAMES_NOTHING.split())
"""What many people write without meaning the same place or person."""


def forms_of(kind: Named, text: str) -> set[str]:
    """What is compared of what somebody wrote; nothing if it is too little, or no plate."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = {Named.PLACE: places, Named.VEHICLE: plates, Named.HANDLE: handles}[kind](plain)
    return {form for form in found if len(form) >= LEAST and form not in NAMED_BY_EVERYBODY}


def places(text: str) -> set[str]:
    """The words without case, punctuation and common abbreviations; a postcode among them stands for itself too."""
    words = [SHORT.get(word, word) for word in WORD.findall(folded_name_of(text).replace("'", ""))]
    postcodes = {f"{out}{within}".casefold() for out, within in POSTCODE.findall(text.upper())}
    return {"".join(word for word in words if word not in DROPPED), *postcodes}


def plates(text: str) -> set[str]:
    """Letters and figures, with those that are misread for one another made the same."""
    plate = name_of(text).upper()
    is_plate = plate.isascii() and len(plate) <= LONGEST_PLATE and any(letter.isdigit() for letter in plate)
    return {plate.translate(READ_ALIKE)} if is_plate else set()


def indexes_of(kind: Named, text: str, keyring: Keyring | None = None) -> set[str]:
    """The keyed hash of each form. Without the index key nobody can try names against the table."""
    keys = keyring or get_keyring()
    return {keys.blind_index(f"{kind.value} {form}") for form in forms_of(kind, text)}
