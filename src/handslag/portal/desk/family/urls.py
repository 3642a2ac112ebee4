"""Addresses of the family pages. They hold ids alone."""

from django.urls import path

from handslag.portal.desk.family.views import family, joint, joint_acts, meetings, secrets, timeline

urlpatterns = [
    path("person/<uuid:person_id>/familj/", family.family, name="desk-family"),
    path("person/<uuid:person_id>/tidslinje/", timeline.timeline, name="desk-timeline"),
    path("person/<uuid:person_id>/hemligt/", secrets.secrets, name="desk-secrets"),
    path("person/<uuid:person_id>/hemligt/<uuid:secret_id>/ord/", secrets.telling, name="desk-secret-words"),
    path("person/<uuid:person_id>/hemligt/<uuid:secret_id>/avsluta/", secrets.end, name="desk-secret-end"),
    path("arende/<uuid:case_id>/moten/", meetings.meetings, name="desk-meetings"),
    path("arende/<uuid:case_id>/gemensamt/", joint.begin, name="desk-joint-new"),
    path("mote/<uuid:meeting_id>/", meetings.meeting, name="desk-meeting"),
    path("gemensamt/", joint.matters, name="desk-joint-matters"),
    path("gemensamt/<uuid:matter_id>/", joint.matter, name="desk-joint"),
    path("gemensamt/<uuid:matter_id>/dela/", joint_acts.share, name="desk-joint-share"),
    path("gemensamt/<uuid:matter_id>/mote/", joint_acts.meet, name="desk-joint-meet"),
    path("gemensamt/<uuid:matter_id>/medlem/", joint_acts.member, name="desk-joint-member"),
    path("gemensamt/<uuid:matter_id>/del/", joint_acts.part, name="desk-joint-part"),
    path(
        "gemensamt/<uuid:matter_id>/del/<uuid:part_id>/",
        joint_acts.change_part,
        name="desk-joint-part-change",
    ),
    path("gemensamt/<uuid:matter_id>/avsluta/", joint_acts.close, name="desk-joint-close"),
]
