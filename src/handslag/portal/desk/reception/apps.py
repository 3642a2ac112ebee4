"""The reception desk as a Django app; what it shows and does belongs to child_protection."""

from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "handslag.portal.desk.reception"
    label = "reception"
