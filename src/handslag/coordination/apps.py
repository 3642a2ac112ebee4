"""Coordination as a Django app."""

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "handslag.coordination"
    label = "coordination"
    default_auto_field = "django.db.models.UUIDField"
