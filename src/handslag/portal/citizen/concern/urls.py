"""Addresses of the e-service for concern. They tell which page it is, and nothing of what was written."""

from django.urls import path

from handslag.portal.citizen.concern import views

urlpatterns = [
    path("", views.start, name="concern"),
    path("kvitto/", views.receipt, name="concern-receipt"),
    path("radera/", views.leave, name="concern-leave"),
    path("barn/<int:number>/", views.child, name="concern-child"),
    path("barn/<int:number>/ta-bort/", views.remove_child, name="concern-child-remove"),
    path("bilder/<uuid:paper_id>/ta-bort/", views.remove_paper, name="concern-paper-remove"),
    path("<slug:slug>/", views.step, name="concern-step"),
]
