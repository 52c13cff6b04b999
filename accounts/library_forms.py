"""allauth's forms, with our labels, and cleaning what people type as every other form does."""

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


class LibraryForm(CleanedForm):
    """Our own labels and hints. There are no placeholders, which disappear when somebody types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
        if "password1" in self.fields:
            self.fields["password1"].help_text = A_GOOD_ONE


class LoginForm(LibraryForm, account.LoginForm):  # type: ignore[misc]
    """The e-mail address and the password."""


class ForgottenPasswordForm(LibraryForm, account.ResetPasswordForm):  # type: ignore[misc]
    """The e-mail address to which the link is sent.

    Nothing is sent to somebody whose password has ended, and the page says what it says of an unknown address: only the
    link that two people agreed to opens that account.
    """

    users: list[Any]

    def clean_email(self) -> str:
        email = str(super().clean_email())
        self.users = [person for person in self.users if person.has_usable_password()]
        return email


class NewPasswordForm(LibraryForm, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password after a forgotten one."""


class ChangePasswordForm(LibraryForm, account.ChangePasswordForm):  # type: ignore[misc]
    """The present password, and the new one twice."""


class PasswordAgainForm(LibraryForm, account.ReauthenticateForm):  # type: ignore[misc]
    """The password before a change."""


class CodeForm(LibraryForm):
    """A code, with any spaces or dashes. A text that is no code gets an error and does not count as a try."""

    def clean_code(self) -> str:
        code = code_of(self.cleaned_data["code"])
        if not (code.isdecimal() and code.isascii() and len(code) in self.lengths()):
            raise ValidationError(f"A code is {' or '.join(map(str, self.lengths()))} figures. Look again.", "no_code")
        self.cleaned_data["code"] = code
        return str(super().clean_code())  # type: ignore[misc]

    def lengths(self) -> list[int]:
        return [app_settings.TOTP_DIGITS, app_settings.RECOVERY_CODE_DIGITS]


class OneUseCodeForm(CodeForm):
    """An app's code. It is valid for three time steps, but only once."""

    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not spend_code(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(OneUseCodeForm, mfa.AuthenticateForm):  # type: ignore[misc]
    """The code after the password."""


class SecondFactorAgainForm(OneUseCodeForm, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The code before a change."""


class NewAppForm(CodeForm, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app."""

    def lengths(self) -> list[int]:
        return [app_settings.TOTP_DIGITS]


class NewPasskeyForm(LibraryForm, AddWebAuthnForm):  # type: ignore[misc]
    """What a passkey is called."""


class PasskeyNameForm(LibraryForm, EditWebAuthnForm):  # type: ignore[misc]
    """A new name for a passkey."""
