"""How a name online or the address of a page is reduced to the form that is compared.

A person's own page is compared by their name on it. An address that may be anything else is compared whole, so that
two people on the same part of a site are never taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from core.names import folded_name_of

ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?::\d{1,5})?/\S*", re.IGNORECASE)
MAIL = re.compile(r"(?:mailto:)?@?([^\s@/?]{1,64}@[^\s@/?]{1,255}\.[^\s@/?.]{2,24})(?:\?\S*)?", re.IGNORECASE)
NUMBER = re.compile(r"(?:(?:tel|sms|whatsapp):)?\+?[0-9][0-9 ().-]{7,24}", re.IGNORECASE)
NOT_DIGITS = re.compile(r"\D+")
PUNCTUATION = re.compile(r"[\W_]+")
PROGRAM = re.compile(r"\.(?:php|html?|aspx?|jsp)$")

LED_BY_WORDS = "account add c id in member members profile profiles stories u user users"
BEFORE_A_NAME = frozenset(LED_BY_WORDS.split())
"""Parts of an address that come before a person's name."""

NOBODY_WORDS = (
    "about app business call channel chat direct dm download embed en event events explore feed g games "
    "gaming gb group groups hashtag help home i index intent invite joinchat legal live login m marketplace "
    "media message messages news notifications p page pages people photo photos playlist policies post posts "
    "privacy public r reel reels results s search send settings share shop shorts signup status store story "
    "tag tags tv uk video videos watch web"
)
NOBODY = frozenset(NOBODY_WORDS.split()) | BEFORE_A_NAME
"""Parts of an address that never stand for a person."""

AFTER_A_NAME_WORDS = (
    "p reel status about channel comments followers following friends likes live photo photos playlists posts "
    "profile reels shorts submitted tagged video videos with_replies"
)
AFTER_A_NAME = frozenset(AFTER_A_NAME_WORDS.split())
"""Parts of an address that may follow a person's name: parts of their own page."""

SHORT_LINKS = (
    "bit.ly buff.ly chat.whatsapp.com cutt.ly discord.gg fb.me fb.watch goo.gl is.gd lnkd.in ow.ly pin.it "
    "rb.gy rebrand.ly redd.it shorturl.at snip.ly t.co t.snapchat.com tinyurl.com vm.tiktok.com vt.tiktok.com "
    "youtu.be"
)
SHORT_LINK_HOSTS = frozenset(SHORT_LINKS.split())
"""Hosts of short links, where the address is only a code."""

NUMBER_HOSTS = frozenset({"wa.me", "api.whatsapp.com", "web.whatsapp.com"})
TELLS_NOTHING = re.compile(
    r"utm_.*|fbclid|gclid|igshid?|hl|lang|locale|ref|refid|ref_src|ref_url|si|feature|mibextid|_rdr|_rdc|rdid|share_url|"
    r"sfnsn|source|src|paipv|eav|is_from_webapp|sender_device|is_copy_url|wtsid|sk|tab|text|__tn__|__cft__.*|__xts__.*"
)
"""Parts of a query that tell how a reader came to the page, and not whose page it is."""

SAYS_WHO = re.compile(r".*(?:id|user|name|member|account|profile|person|phone|player).*|[uvqp]|list|nick")
"""Parts of a query that tell whose page it is. The path before them is then not a name."""


def handle_forms_of(text: str) -> set[str]:
    """The forms of a text: one for each address in it; without an address, the whole text as one name."""
    if mail := MAIL.fullmatch(text):
        return {folded_name_of(mail[1])}
    if NUMBER.fullmatch(text):
        return {_number_of(text)}
    addresses = [address for word in text.split() if (address := _address_of(word)) is not None]
    if addresses:
        return {form for address in addresses for form in _forms_of_address(address)}
    return {name_of(text.strip().casefold().removeprefix("www."))}


def _address_of(word: str) -> SplitResult | None:
    """A word as an address, without the punctuation round it; None where it is no address."""
    word = word.strip("()[]<>\"'“”‘’,;.!")
    if not ADDRESS.fullmatch(word):
        return None
    try:
        return urlsplit(word if "://" in word else f"https://{word}")
    except ValueError:
        return None


def _forms_of_address(address: SplitResult) -> Iterator[str]:
    """The person's name where the address is a person's own page; otherwise the whole address."""
    host = _host_of(address)
    parts = [unquote(part) for part in address.path.split("/") if part]
    query = [(key, value) for key, value in parse_qsl(address.query) if not TELLS_NOTHING.fullmatch(key.casefold())]
    if host in NUMBER_HOSTS:
        number = dict(query).get("phone") or (parts[0] if parts else "")
        if NOT_DIGITS.sub("", number):
            yield _number_of(number)
            return
    says_who = any(SAYS_WHO.fullmatch(key.casefold()) for key, _ in query)
    name = None if host in SHORT_LINK_HOSTS or says_who else _name_in(parts)
    if name is not None and name.isdecimal() and len(parts) > 1:
        yield f"{host} {name}"  # a number is somebody on that site alone
    elif name is not None:
        yield name_of(name)
    elif parts or query:
        known = [part.casefold() if _is_nobody(part) else part for part in parts]
        whole = "/".join([host, *known]) + "?" + "&".join(f"{key.casefold()}={value}" for key, value in sorted(query))
        yield f"{host} {whole.encode().hex()}"


def _host_of(address: SplitResult) -> str:
    """The site's host, without beginnings such as www. and m."""
    host = (address.hostname or "").casefold()
    for beginning in ("www.", "m.", "mobile.", "web.", "old.", "en-gb.", "mbasic."):
        if host.count(".") > 1 and host not in NUMBER_HOSTS:
            host = host.removeprefix(beginning)
    return host


def _name_in(parts: list[str]) -> str | None:
    """The person's name among the parts of an address; None where the address may be anything else."""
    if not parts:
        return None
    first, *rest = parts
    if first.startswith("@") and len(first) > 1:
        return first
    if first.casefold() in BEFORE_A_NAME:
        return rest[0] if rest and not _is_nobody(rest[0]) else None
    if _is_nobody(first) or first.startswith("+"):
        return None
    return first if not rest or rest[0].casefold() in AFTER_A_NAME else None


def _is_nobody(part: str) -> bool:
    return part.casefold() in NOBODY or PROGRAM.search(part.casefold()) is not None


def name_of(text: str) -> str:
    """A name without its @, case, marks, spaces and punctuation."""
    return PUNCTUATION.sub("", folded_name_of(text))


def _number_of(text: str) -> str:
    """A telephone number with its country code; without a code it is a British one."""
    digits = NOT_DIGITS.sub("", text.replace("(0)", ""))
    if digits.startswith("00"):
        return digits[2:]
    return f"44{digits[1:]}" if digits.startswith("0") else digits
