"""Which database holds the cache: its own file beside SQLite's main file, the one database on PostgreSQL."""

from typing import Any

from django.conf import settings

CACHE = "cache"
"""Alias of the cache's own database."""


class CacheRouter:
    """Sends Django's database cache to `settings.CACHE_DATABASE`, every other table anywhere but "cache"."""

    def db_for_read(self, model: type[Any], **hints: Any) -> str | None:
        return settings.CACHE_DATABASE if model._meta.app_label == "django_cache" else None

    def db_for_write(self, model: type[Any], **hints: Any) -> str | None:
        return self.db_for_read(model, **hints)

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool | None:
        if app_label == "django_cache":
            return db == settings.CACHE_DATABASE
        return False if db == CACHE else None
