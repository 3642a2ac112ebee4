"""Addresses of who is told, within the case's. They hold ids alone."""

from django.urls import path

from handslag.portal.desk.telling import decisions, hearing, kept_out, sight, wishes

urlpatterns = [
    path("vem-far-veta/", kept_out.who, name="desk-told"),
    path("vem-far-veta/<uuid:kept_out_id>/hav/", kept_out.lift, name="desk-told-lift"),
    path("vem-far-veta/journal/", sight.sights, name="desk-sight"),
    path("vem-far-veta/journal/<uuid:sight_id>/avsluta/", sight.end, name="desk-sight-end"),
    path("vem-far-veta/onskan/", wishes.record, name="desk-wish-new"),
    path("vem-far-veta/onskan/<uuid:wish_id>/", wishes.wish, name="desk-wish"),
    path("beslut/<uuid:decision_id>/beratta/", decisions.tell, name="desk-tell-decision"),
    path(
        "utredning/<uuid:investigation_id>/kommunicera/",
        hearing.communicate,
        name="desk-investigation-communicate",
    ),
]
