"""Addresses of the reception desk: ids alone."""

from django.urls import URLPattern, URLResolver, include, path

from handslag.portal.desk.reception import (
    afterwards,
    arrivals,
    assessing,
    children,
    deciding,
    extending,
    giving,
    joining,
    report,
    taking_down,
)

of_child = [
    path("vem/", children.identify, name="reception-identify"),
    path("okand/", children.register, name="reception-unknown"),
    path("dela/", children.split, name="reception-split"),
    path("flytta/", children.move, name="reception-move"),
    path("skydd/", assessing.protection, name="reception-protection"),
    path("kontrasignera/", assessing.countersign, name="reception-countersign"),
    path("upprepad/", assessing.repeat, name="reception-repeat"),
    path("forhandsbedomning/", deciding.preliminary, name="reception-preliminary"),
    path("forlang/", extending.extend, name="reception-extend"),
]

of_report: list[URLPattern | URLResolver] = [
    path("", report.report, name="reception-report"),
    path("papper/<uuid:attachment_id>/", report.paper, name="reception-paper"),
    path("barn/<uuid:child_id>/", include(of_child)),
    path("ta/", afterwards.take, name="reception-take"),
    path("sla-ihop/", joining.merge, name="reception-merge"),
    path("aterkoppling/", afterwards.feedback, name="reception-feedback"),
    path("lamna-over/", afterwards.hand_over, name="reception-hand-over"),
    path("ge/", giving.give, name="reception-give"),
    path("jav/", afterwards.bias, name="reception-bias"),
    path("oppna/", afterwards.lift, name="reception-lift"),
]

urlpatterns = [
    path("", arrivals.arrivals, name="reception"),
    path("ny/", taking_down.take_down, name="reception-new"),
    path("<uuid:report_id>/", include(of_report)),
]
