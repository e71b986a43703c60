"""Addresses outside the document to which links lead: kept where they name nobody.

https, http      stays unless it names somebody who was redacted
mailto, tel      stays when the pages still show the address, or when it belongs to a counter and not to a person
anything else    goes: files of the author's own machine, scripts, …
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

_WEB = re.compile(r"https?://(?![^/]*@)", re.IGNORECASE)
_MAIL = re.compile(r"mailto:", re.IGNORECASE)
_PHONE = re.compile(r"tel:", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>,;:?&=/]+@[^\s<>,;:?&=/]+")
_GENERAL = re.compile(r"(?:\+?31|0031)?0?(?:800|90[069]|14)\d+")  # numbers of services and of municipalities
_DIGITS_THAT_TELL = 9  # of a Dutch number without its country code or first zero
# Mailboxes that are a counter's, whatever stands behind them: `info@`, `woo-verzoeken@`.
_COUNTERS = re.compile(
    r"(?:info|informatie|contact|post|postbus|mail|secretariaat|griffie|bestuur|loket|balie|receptie|klant\w*|pers"
    r"|persvoorlichting|communicatie|voorlichting|redactie|webmaster|helpdesk|servicedesk|support|privacy|fg|avg|woo"
    r"|wob|vergunningen|burgerzaken|gemeente|provincie|no-?reply)(?:[-._]?(?:verzoek(?:en)?|team|loket|contact))?",
    re.IGNORECASE,
)


class Addresses:
    """Judges addresses by who was redacted and by the text that is left."""

    def __init__(self, names_somebody: Callable[[str], bool], remaining_text: str) -> None:
        self._names_somebody = names_somebody
        self._shown = re.sub(r"\s", "", remaining_text).casefold()
        self._digits = re.sub(r"[^\d\0]", "", re.sub(r"[^\W\d_]", "\0", remaining_text))

    def allowed(self, address: str) -> bool:
        """Whether a link may lead to `address`, a URI."""
        if self._names_somebody(address):
            return False
        if _MAIL.match(address):
            boxes = _ADDRESS.findall(unquote(address[len("mailto:") :]))
            return bool(boxes) and all(map(self._is_public_mailbox, boxes))
        if _PHONE.match(address):
            return self._is_public_number(re.sub(r"\D", "", address))
        return _WEB.match(address) is not None

    def _is_public_mailbox(self, address: str) -> bool:
        local = address.partition("@")[0]
        return bool(_COUNTERS.fullmatch(local)) or address.casefold() in self._shown

    def _is_public_number(self, digits: str) -> bool:
        return bool(_GENERAL.fullmatch(digits)) or (
            len(digits) >= _DIGITS_THAT_TELL and digits[-_DIGITS_THAT_TELL:] in self._digits
        )
