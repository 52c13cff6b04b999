"""GOV.UK Notify's protocol: a short-lived token for each call, texts out, and what became of them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
import urllib.parse
import urllib.request
from typing import Any

from django.conf import settings

TIMEOUT = 10
UUID = 36
"""A key is `name-<service id>-<secret>`, the last two of this length."""


def is_set_up() -> bool:
    """Whether this installation can send texts."""
    return bool(settings.NOTIFY_API_KEY and settings.NOTIFY_TEXT_TEMPLATE)


def _base64_of(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def bearer_token_of(api_key: str, *, issued_at: int) -> str:
    """The bearer token: who asks and when, signed with the secret (HS256). Notify takes it for 30 seconds."""
    service, secret = api_key[-2 * UUID - 1 : -UUID - 1], api_key[-UUID:]
    head = _base64_of(json.dumps({"typ": "JWT", "alg": "HS256"}).encode())
    claims = _base64_of(json.dumps({"iss": service, "iat": issued_at}).encode())
    signature = hmac.new(secret.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()
    return f"{head}.{claims}.{_base64_of(signature)}"


class Notify:
    """The service's account at GOV.UK Notify. Every method raises what urllib raises."""

    def send_text(self, number: str, words: str, *, reference: str) -> str:
        """Hand over one text. Returns Notify's id of it."""
        sent = self.call(
            "/v2/notifications/sms",
            {
                "phone_number": number,
                "template_id": settings.NOTIFY_TEXT_TEMPLATE,
                "personalisation": {"message": words},
                "reference": reference,
            },
        )
        return str(sent["id"])

    def id_sent_under(self, reference: str) -> str | None:
        """The id of a text that Notify accepted earlier under this reference, though its answer did not reach us."""
        answer = self.call(f"/v2/notifications?{urllib.parse.urlencode({'reference': reference})}")
        return next((str(text["id"]) for text in answer["notifications"]), None)

    def status_of(self, provider_id: str) -> str:
        """What became of a text, in Notify's words."""
        return str(self.call(f"/v2/notifications/{urllib.parse.quote(provider_id)}")["status"])

    def call(self, path: str, payload: dict[str, Any] | None = None) -> Any:
        """One exchange in JSON; a POST if there is a payload."""
        request = urllib.request.Request(  # noqa: S310 - the installer's own address, checked at the start
            settings.NOTIFY_ADDRESS + path,
            data=None if payload is None else json.dumps(payload).encode(),
            headers={
                "Authorization": f"Bearer {bearer_token_of(settings.NOTIFY_API_KEY, issued_at=int(time.time()))}",
                "Content-Type": "application/json",
            },
        )
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            return json.load(answer)
