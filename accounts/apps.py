"""The app's configuration. It listens for sign-ins, for second factors that are removed, and for `migrate`."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate, pre_delete

from accounts import sealed_factors
from accounts.signing import keep_last_factor, note_session_start


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        user_logged_in.connect(note_session_start, dispatch_uid="accounts session began")
        sealed_factors.connect_signals()
        import_module("accounts.code_tries").count_by_place()
        pre_delete.connect(keep_last_factor, sender="mfa.Authenticator", dispatch_uid="accounts keeps last factor")
        make_groups = import_module("accounts.role_groups").make_groups_of_roles
        post_migrate.connect(make_groups, sender=self, dispatch_uid="accounts groups of roles")
