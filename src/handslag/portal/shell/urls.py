"""Addresses of the frame."""

from django.urls import path

from handslag.portal.shell import views

urlpatterns = [
    path("sprak/<str:code>/", views.language, name="language"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
]
