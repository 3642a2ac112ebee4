"""Addresses of a child's investigation, within the case's. They hold ids and codes alone."""

from django.urls import path

from handslag.portal.desk.children import extending, measures, plan, talks, views

urlpatterns = [
    path("", views.latest, name="desk-investigation"),
    path("oppna/", views.begin, name="desk-investigation-open"),
    path("<uuid:investigation_id>/", views.show, name="desk-investigation-one"),
    path("<uuid:investigation_id>/plan/<uuid:step_id>/", plan.finish, name="desk-investigation-step"),
    path(
        "<uuid:investigation_id>/plan/<uuid:step_id>/andra/",
        plan.change,
        name="desk-investigation-step-change",
    ),
    path(
        "<uuid:investigation_id>/plan/<uuid:step_id>/stryk/",
        plan.strike,
        name="desk-investigation-step-strike",
    ),
    path("<uuid:investigation_id>/samtal/", talks.begin, name="desk-investigation-talk-new"),
    path("<uuid:investigation_id>/samtal/<uuid:note_id>/", talks.talk, name="desk-investigation-talk"),
    path(
        "<uuid:investigation_id>/samtal/<uuid:note_id>/landa/",
        talks.land,
        name="desk-investigation-talk-land",
    ),
    path(
        "<uuid:investigation_id>/samtal/<uuid:note_id>/spara/",
        talks.autosave,
        name="desk-investigation-talk-save",
    ),
    path("<uuid:investigation_id>/forlang/", extending.extend, name="desk-investigation-extend"),
    path(
        "<uuid:investigation_id>/forlang/<uuid:proposal_id>/nej/",
        extending.decline,
        name="desk-investigation-decline",
    ),
    path(
        "<uuid:investigation_id>/uppgifter/<uuid:obtained_id>/",
        views.answer,
        name="desk-investigation-answer",
    ),
    path("<uuid:investigation_id>/rubrik/<slug:area>/", views.area, name="desk-investigation-area"),
    path("<uuid:investigation_id>/<slug:code>/", views.act, name="desk-investigation-act"),
]
of_measures = [
    path("", measures.measures, name="desk-measures"),
    path("<uuid:measure_id>/steg/", measures.step, name="desk-measure-step"),
    path("<uuid:measure_id>/avsluta/", measures.end, name="desk-measure-end"),
]
