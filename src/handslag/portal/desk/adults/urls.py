"""Addresses of adults' matters. They hold ids alone."""

from django.urls import path

from handslag.portal.desk.adults import changing, handling, views

urlpatterns = [
    path("person/<uuid:person_id>/vuxen/", views.receive, name="desk-adult-receive"),
    path("arende/<uuid:case_id>/vuxen/", views.matter, name="desk-adult"),
    path("arende/<uuid:case_id>/vuxen/bedomning/", handling.assess, name="desk-adult-assess"),
    path("arende/<uuid:case_id>/vuxen/besluta/", handling.decide, name="desk-adult-decide"),
    path(
        "arende/<uuid:case_id>/vuxen/beslut/<uuid:decision_id>/andra/",
        changing.change,
        name="desk-adult-change",
    ),
    path("arende/<uuid:case_id>/vuxen/avsluta/", views.close, name="desk-adult-close"),
]
