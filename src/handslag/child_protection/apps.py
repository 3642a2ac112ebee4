"""Child protection as a Django app."""

from django.apps import AppConfig


class ChildProtectionConfig(AppConfig):
    name = "handslag.child_protection"
    label = "child_protection"
    default_auto_field = "django.db.models.UUIDField"
