"""Addresses of masked copies, beneath a case."""

from django.urls import path

from handslag.portal.desk.masking import copies, holds, note_openings, pages, record_papers

urlpatterns = [
    path("kopior/", copies.copies, name="desk-copies"),
    path("kopior/ny/", copies.begin, name="desk-copy-new"),
    path("kopior/<uuid:copy_id>/", copies.copy, name="desk-copy"),
    path("kopior/<uuid:copy_id>/granska/", copies.review, name="desk-copy-review"),
    path("kopior/<uuid:copy_id>/lamna-ut/", copies.give, name="desk-copy-give"),
    path("kopior/<uuid:copy_id>/avbryt/", copies.cancel, name="desk-copy-cancel"),
    path("kopior/<uuid:copy_id>/forhandsvisning/", copies.preview, name="desk-copy-preview"),
    path("kopior/<uuid:copy_id>/resten/", pages.rest, name="desk-copy-rest"),
    path("kopior/<uuid:copy_id>/sidor/<uuid:page_id>/", pages.page, name="desk-copy-page"),
    path("kopior/<uuid:copy_id>/sidor/<uuid:page_id>/bild/", pages.picture, name="desk-copy-page-picture"),
    path("journal-papper/", record_papers.papers, name="desk-record-papers"),
    path("journal-papper/<uuid:document_id>/oppna/", record_papers.open_paper, name="desk-record-paper-open"),
    path(
        "journal-papper/<uuid:document_id>/hall-inne/",
        record_papers.hold_paper,
        name="desk-record-paper-hold",
    ),
    path("halla-inne/", holds.hold_case, name="desk-hold-case"),
    path("halla-inne/<uuid:hold_id>/hav/", holds.lift, name="desk-hold-lift"),
    path("anteckningar/<uuid:note_id>/halla-inne/", holds.hold_note, name="desk-hold-note"),
    path("anteckningar/<uuid:note_id>/oppna/", note_openings.open_note, name="desk-note-open"),
]
