"""Addresses of writing without coverage."""

from django.urls import path

from handslag.portal.desk.offline import views

urlpatterns = [
    path("tjanst.js", views.worker, name="desk-offline-worker"),
    path("utan-tackning/", views.page, name="desk-offline"),
    path("utan-tackning/pass/", views.landing_pass, name="desk-offline-pass"),
]
of_note = [
    path("landa/", views.land, name="desk-note-land"),
    path("tal/", views.dictate, name="desk-note-speech"),
]
