"""Addresses of the process handbook."""

from django.urls import path

from handslag.portal.desk.handbook import views

urlpatterns = [
    path("", views.processes, name="handbook"),
    path("<slug:code>/", views.process, name="handbook-process"),
]
