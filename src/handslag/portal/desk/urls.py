"""Addresses of the desk. They hold ids alone, never names or identity numbers."""

from django.urls import path

from handslag.portal.desk.views import glass, person_forms, persons, work

urlpatterns = [
    path("", work.work, name="desk-work"),
    path("sok/", persons.search, name="desk-search"),
    path("person/ny/", person_forms.register, name="desk-register-person"),
    path("person/<uuid:person_id>/", persons.person, name="desk-person"),
    path("person/<uuid:person_id>/nummer/", person_forms.number, name="desk-person-number"),
    path("person/<uuid:person_id>/sla-ihop/", person_forms.merge, name="desk-person-merge"),
    path("person/<uuid:person_id>/skydd/", person_forms.protection, name="desk-person-protection"),
    path("person/<uuid:person_id>/utan-behorighet/", glass.over_person, name="desk-glass-person"),
    path("arende/<uuid:case_id>/utan-behorighet/", glass.over_case, name="desk-glass-case"),
    path("utan-behorighet/<uuid:glass_id>/avsluta/", glass.end, name="desk-glass-end"),
]
