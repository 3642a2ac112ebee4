"""Addresses of masked copies, beneath a case."""

from django.urls import path

from handslag.portal.desk.masking import copies, holds

urlpatterns = [
    path("kopior/", copies.copies, name="desk-copies"),
    path("kopior/ny/", copies.begin, name="desk-copy-new"),
    path("kopior/<uuid:copy_id>/", copies.copy, name="desk-copy"),
    path("kopior/<uuid:copy_id>/granska/", copies.review, name="desk-copy-review"),
    path("kopior/<uuid:copy_id>/lamna-ut/", copies.give, name="desk-copy-give"),
    path("kopior/<uuid:copy_id>/avbryt/", copies.cancel, name="desk-copy-cancel"),
    path("kopior/<uuid:copy_id>/forhandsvisning/", copies.preview, name="desk-copy-preview"),
    path("halla-inne/", holds.hold_case, name="desk-hold-case"),
    path("halla-inne/<uuid:hold_id>/hav/", holds.lift, name="desk-hold-lift"),
    path("anteckningar/<uuid:note_id>/halla-inne/", holds.hold_note, name="desk-hold-note"),
]
