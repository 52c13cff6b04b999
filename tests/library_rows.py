"""The rows of the page table for allauth's pages: the same for everybody, and most of them closed."""

from __future__ import annotations

from tests.table import Page, everybody

CLOSED = ["account_email_verification_sent", "account_confirm_login_code"]
CLOSED_BEHIND_SIGNING_IN = ["account_email", "account_set_password", "mfa_download_recovery_codes", "usersessions_list"]
"""Pages the service does not have (accounts.middleware says why)."""

PAGES = [
    *[Page(name, opens=everybody(404, nobody=404)) for name in CLOSED],
    *[Page(name, opens=everybody(404)) for name in CLOSED_BEHIND_SIGNING_IN],
    Page("account_confirm_email", of=lambda world: ["key"], opens=everybody(404, nobody=404)),
    Page("account_login", opens=everybody(302, nobody=200)),
    Page("account_logout", opens=everybody(200, nobody=302)),
    Page("account_signup", opens=everybody(302, nobody=200)),
    Page("account_inactive", opens=everybody(200, nobody=200)),
    Page("account_reset_password", opens=everybody(200, nobody=200)),
    Page("account_reset_password_done", opens=everybody(200, nobody=200)),
    Page("account_reset_password_from_key_done", opens=everybody(200, nobody=200)),
    Page("mfa_index", opens=everybody(200)),
]

NOT_PAGES: dict[str, str] = {
    "account_reset_password_from_key": "needs a mailed key; tests/accounts walks it",
    "account_change_password": "asks for a password this session has not shown lately; tests/accounts",
    "account_reauthenticate": "the library's own step before a change",
    "mfa_activate_totp": "behind showing one's password again; tests/accounts walks it",
    "mfa_add_webauthn": "behind showing one's password again",
    "mfa_authenticate": "only between the two factors; tests/accounts walks it",
    "mfa_deactivate_totp": "behind showing one's password again",
    "mfa_edit_webauthn": "needs a passkey of one's own",
    "mfa_generate_recovery_codes": "behind showing one's password again",
    "mfa_list_webauthn": "behind showing one's password again",
    "mfa_login_webauthn": "answers the browser's own passkey dialogue",
    "mfa_reauthenticate": "the library's own step before a change",
    "mfa_reauthenticate_webauthn": "the library's own step before a change",
    "mfa_remove_webauthn": "needs a passkey of one's own",
    "mfa_view_recovery_codes": "behind showing one's password again",
}
