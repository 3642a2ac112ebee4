"""Addresses of the frame."""

from django.urls import path

from handslag.portal.shell import health, views

urlpatterns = [
    path("sprak/<str:code>/", views.language, name="language"),
    path("halsa/", health.health, name="health"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
]
