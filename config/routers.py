"""The router that sends the cache's table to the connection that is not atomic."""

from __future__ import annotations

from typing import Any

CACHE_APP = "django_cache"


class CacheRouter:
    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return "cache" if model._meta.app_label == CACHE_APP else None

    def db_for_write(self, model: Any, **hints: Any) -> str | None:
        return "cache" if model._meta.app_label == CACHE_APP else None

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool | None:
        return None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Both connections are one database, so migrations run on the first only."""
        return db == "default"
