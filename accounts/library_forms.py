"""allauth's forms, reading what is typed as every other form of the service does."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.core.exceptions import ValidationError

from accounts.factors import spend_code
from accounts.forms import A_GOOD_ONE
from core.forms.base import CleanedForm
from core.typed import code_of

LABELS = {
    "login": "E-mail address",
    "email": "E-mail address",
    "oldpassword": "Your password until now",
    "password1": "New password",
    "password2": "The new password again",
}


class InOurWords(CleanedForm):
    """Our own labels and hints; and none inside the boxes, where they go with the first letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
        if "password1" in self.fields:
            self.fields["password1"].help_text = A_GOOD_ONE


class Login(InOurWords, account.LoginForm):  # type: ignore[misc]
    """The e-mail address and the password."""


class Forgotten(InOurWords, account.ResetPasswordForm):  # type: ignore[misc]
    """The e-mail address a link goes to."""


class NewPassword(InOurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password in the place of the forgotten one."""


class ChangedPassword(InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    """The password of until now, and the new one twice."""


class PasswordAgain(InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    """The password before a change."""


class CodeForm(InOurWords):
    """A code with whatever spaces or dashes it was copied with. What is no code is said to be none, and is no try."""

    def clean_code(self) -> str:
        code = code_of(self.cleaned_data["code"])
        if not (code.isdecimal() and code.isascii() and len(code) in self.lengths()):
            raise ValidationError(f"A code is {' or '.join(map(str, self.lengths()))} figures. Look again.", "no_code")
        self.cleaned_data["code"] = code
        return str(super().clean_code())  # type: ignore[misc]

    def lengths(self) -> list[int]:
        return [app_settings.TOTP_DIGITS, app_settings.RECOVERY_CODE_DIGITS]


class UsedOnce(CodeForm):
    """An app's code is good for three of its steps, and for one use in all of them."""

    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not spend_code(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondFactor(UsedOnce, mfa.AuthenticateForm):  # type: ignore[misc]
    """The code after the password."""


class SecondFactorAgain(UsedOnce, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The code before a change."""


class NewApp(CodeForm, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app."""

    def lengths(self) -> list[int]:
        return [app_settings.TOTP_DIGITS]


class NewPasskey(InOurWords, AddWebAuthnForm):  # type: ignore[misc]
    """What a passkey is called."""


class PasskeyName(InOurWords, EditWebAuthnForm):  # type: ignore[misc]
    """What it is called from now on."""
