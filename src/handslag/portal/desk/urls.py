"""Addresses of the desk. They hold ids alone, never names or identity numbers."""

from django.urls import URLPattern, URLResolver, include, path

from handslag.portal.desk.children.urls import of_measures
from handslag.portal.desk.offline import urls as offline
from handslag.portal.desk.telling import post
from handslag.portal.desk.views import (
    biased,
    calculation,
    cases,
    contact,
    deciding,
    decisions,
    glass,
    history,
    notes,
    papers,
    payments,
    person_forms,
    persons,
    search,
    taking_down,
    work,
)

of_person = [
    path("", persons.person, name="desk-person"),
    path("ansokan/", taking_down.take_down, name="desk-take-down"),
    path("oppna-arende/", taking_down.open_case, name="desk-open-case"),
    path("nummer/", person_forms.number, name="desk-person-number"),
    path("sla-ihop/", person_forms.merge, name="desk-person-merge"),
    path("skydd/", person_forms.protection, name="desk-person-protection"),
    path("skydd/okant/", person_forms.lift_unknown, name="desk-person-lift"),
    path("utan-behorighet/", glass.over_person, name="desk-glass-person"),
]

of_application = [
    path("", calculation.assessment, name="desk-assessment"),
    path("rad/", calculation.change, name="desk-line"),
    path("ny-rad/", calculation.add, name="desk-line-add"),
    path("aterta/", calculation.withdraw, name="desk-line-withdraw"),
    path("godkann/", calculation.approve, name="desk-approve"),
    path("uppdatera/", calculation.refresh, name="desk-refresh"),
    path("aktivitet/", calculation.activity, name="desk-activity"),
    path("besluta/", deciding.decide, name="desk-decide"),
    path("besluta/brev/", deciding.letter, name="desk-decide-letter"),
]

of_case: list[URLPattern | URLResolver] = [
    path("", cases.overview, name="desk-case"),
    path("utan-behorighet/", glass.over_case, name="desk-glass-case"),
    path("ansvarig/", cases.assign, name="desk-assign"),
    path("jav/<uuid:kept_id>/", biased.allow, name="desk-biased"),
    path("lamna-over/", cases.move, name="desk-move"),
    path("avsluta/", cases.close, name="desk-close"),
    path("oppna/", cases.reopen, name="desk-reopen"),
    path("varning/<uuid:warning_id>/", cases.warning, name="desk-warning"),
    path("berakning/", calculation.latest, name="desk-calculation"),
    path("berakning/<uuid:application_id>/", include(of_application)),
    path("anteckningar/", notes.notes, name="desk-notes"),
    path("anteckningar/ny/", notes.begin, name="desk-note-new"),
    path("anteckningar/<uuid:note_id>/", notes.note, name="desk-note"),
    path("anteckningar/<uuid:note_id>/spara/", notes.autosave, name="desk-note-save"),
    path("anteckningar/<uuid:note_id>/", include(offline.of_note)),
    path("", include("handslag.portal.desk.masking.urls")),
    path("dokument/", papers.documents, name="desk-documents"),
    path("dokument/<uuid:document_id>/", papers.read, name="desk-document"),
    path("meddelanden/", contact.messages_of_case, name="desk-messages"),
    path("komplettering/", contact.completions, name="desk-completions"),
    path("komplettering/<uuid:completion_id>/", contact.completion, name="desk-completion"),
    path("kommunicering/", contact.communication, name="desk-communication"),
    path(
        "kommunicering/<uuid:communication_id>/svar/",
        contact.communication_answer,
        name="desk-communication-answer",
    ),
    path("beslut/", decisions.decisions, name="desk-decisions"),
    path("beslut/akut/", deciding.emergency, name="desk-emergency"),
    path("beslut/<uuid:decision_id>/", decisions.decision, name="desk-decision"),
    path("utbetalningar/", payments.payments, name="desk-payments"),
    path("utbetalningar/mottagare/", payments.payee, name="desk-payee"),
    path("utbetalningar/<uuid:order_id>/", payments.payment, name="desk-payment"),
    path("", include("handslag.portal.desk.telling.urls")),
    path("utredning/", include("handslag.portal.desk.children.urls")),
    path("atgarder/", include(of_measures)),
    path("handelser/", history.history, name="desk-history"),
]

urlpatterns = [
    path("", work.work, name="desk-work"),
    path("", include(offline.urlpatterns)),
    path("sok/", search.search, name="desk-search"),
    path("person/ny/", person_forms.register, name="desk-register-person"),
    path("person/<uuid:person_id>/", include(of_person)),
    path("arende/<uuid:case_id>/", include(of_case)),
    path("", include("handslag.portal.desk.adults.urls")),
    path("", include("handslag.portal.desk.family.urls")),
    path("mottagning/", include("handslag.portal.desk.reception.urls")),
    path("processer/", include("handslag.portal.desk.handbook.urls")),
    path("brev/", post.letters, name="desk-post"),
    path("brev/<uuid:item_id>/postat/", post.posted, name="desk-posted"),
    path("utan-behorighet/<uuid:glass_id>/avsluta/", glass.end, name="desk-glass-end"),
]
