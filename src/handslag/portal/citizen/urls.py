"""Addresses of the citizen's face."""

from django.urls import URLPattern, URLResolver, include, path

from handslag.portal.citizen.views import (
    application,
    before_decision,
    co_applicant,
    decisions,
    matters,
    messages,
    notices,
    papers,
    record,
    start,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", start.start, name="start"),
    path("vantetider/", start.waiting, name="waiting"),
    path("oro/", start.concern, name="concern-short"),
    path("anmal-oro/", include("handslag.portal.citizen.concern.urls")),
    path("kontakt/", start.contact, name="contact"),
    path("ansok/", application.choose_month, name="apply"),
    path("ansok/ring-mig/", application.call_me, name="call-me"),
    path("ansok/<uuid:draft_id>/kasta/", application.discard, name="discard-draft"),
    path(
        "ansok/<uuid:draft_id>/papper/<uuid:paper_id>/ta-bort/", application.remove_paper, name="remove-paper"
    ),
    path("ansok/<uuid:draft_id>/<slug:step>/", application.step, name="apply-step"),
    path("ansok/<uuid:draft_id>/<slug:step>/spara/", application.autosave, name="apply-save"),
    path("kvitto/<uuid:application_id>/", application.receipt, name="receipt"),
    path("skriv-under/<uuid:application_id>/", co_applicant.sign, name="co-sign"),
    path("mina-arenden/", matters.matters, name="matters"),
    path("mina-arenden/<uuid:application_id>/", matters.matter, name="matter"),
    path("mina-arenden/<uuid:application_id>/ta-tillbaka/", matters.withdraw, name="withdraw"),
    path("mina-arenden/<uuid:application_id>/papper/", papers.add, name="add-paper"),
    path("komplettera/<uuid:completion_id>/", papers.complete, name="complete"),
    path("innan-beslut/<uuid:communication_id>/", before_decision.answer, name="before-decision"),
    path("papper/<uuid:document_id>/", papers.read, name="read-paper"),
    path("beslut/<uuid:decision_id>/", decisions.decision, name="decision"),
    path("besked/<uuid:notice_id>/", notices.notice, name="decision-notice"),
    path("meddelanden/", messages.messages_of, name="messages"),
    path("meddelanden/<uuid:case_id>/skriv/", messages.write, name="write-message"),
    path("min-akt/", record.record, name="record"),
    path("journal/", include("handslag.portal.citizen.record_online.urls")),
]
