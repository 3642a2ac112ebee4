"""The process handbook as a Django app; the processes are declared by the contexts."""

from django.apps import AppConfig


class HandbookConfig(AppConfig):
    name = "handslag.portal.desk.handbook"
    label = "handbook"
