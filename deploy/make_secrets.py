"""Makes the files of secrets that docker-compose.yml reads; `python3 deploy/make_secrets.py`. What is there stays.

Each secret is a file of its own in `secrets/`, a folder only its owner enters. Those of providers are empty until
somebody writes them. Without KEYRING what is sealed is lost: keep a printed copy in two places.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "secrets"


def password() -> str:
    return secrets.token_urlsafe(32)


def key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


MADE: dict[str, Callable[[], str]] = {
    "secret_key": lambda: secrets.token_urlsafe(50),
    "keyring": lambda: f"k1:{key()}",
    "index_key": key,
    "admin_database_password": password,
    "owner_database_password": password,
    "database_password": password,
    "redis_password": password,
    "texts_receipts_token": password,
    "mails_receipts_token": password,
    "email_host_password": str,
    "notify_api_key": str,
}


def main() -> None:
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    for name, make in MADE.items():
        path = FOLDER / name
        if not path.exists():
            path.write_text(make())
            path.chmod(0o644)  # read in a container by an account that is not ours; the folder keeps others out
            print(f"made {path}" if path.read_text() else f"empty: {path}")


if __name__ == "__main__":
    main()
