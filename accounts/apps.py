"""Names the app, and listens for signing in, for factors being removed and for `migrate`."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate, pre_delete

from accounts import sealed_factors
from accounts.signing import keep_last_factor, session_began


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        user_logged_in.connect(session_began, dispatch_uid="accounts session began")
        sealed_factors.connect()
        import_module("accounts.code_tries").count_by_place()
        pre_delete.connect(keep_last_factor, sender="mfa.Authenticator", dispatch_uid="accounts keeps last factor")
        make_groups = import_module("accounts.role_groups").make_groups_of_roles
        post_migrate.connect(make_groups, sender=self, dispatch_uid="accounts groups of roles")
