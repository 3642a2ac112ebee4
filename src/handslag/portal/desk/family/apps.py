"""The family pages as a Django app; what they show and do belongs to coordination."""

from django.apps import AppConfig


class FamilyConfig(AppConfig):
    name = "handslag.portal.desk.family"
    label = "family"
