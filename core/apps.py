"""Names the app, and refuses an unsafe start: here, because no process of Django's begins without passing by."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from core import checks
from core.ownership import refuse_strong_role


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        checks.register_all()
        checks.refuse_unsafe_start()
        connection_created.connect(refuse_strong_role)
