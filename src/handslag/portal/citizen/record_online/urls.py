"""Addresses of the record online. They hold ids alone."""

from django.urls import path

from handslag.portal.citizen.record_online import keeping, views

urlpatterns = [
    path("", views.records, name="journal"),
    path("vem-far-lasa/", views.guardians, name="journal-guardians"),
    path("hall-fran-vardnadshavare/", keeping.keep, name="journal-keep"),
    path("<uuid:case_id>/", views.record, name="journal-record"),
    path("<uuid:case_id>/papper/<uuid:document_id>/", views.paper, name="journal-paper"),
    path("<uuid:case_id>/invand/<uuid:note_id>/", views.objection, name="journal-object"),
]
