"""Addresses of the wall, under /tavla/."""

from django.urls import path

from handslag.portal.wall.views import board, screens

urlpatterns = [
    path("", board.wall, name="wall"),
    path("siffror/", board.figures, name="wall_figures"),
    path("skarmar/", screens.screens, name="screens"),
    path("skarmar/<uuid:screen_id>/stang/", screens.close, name="close_screen"),
]
