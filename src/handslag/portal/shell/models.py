"""What the frame itself keeps: reports of faults in accessibility (lag 2018:1937 13 §), and visits to a start page."""

from django.db import models

from handslag.foundation import public as foundation


class FaultReport(models.Model):
    """Somebody could not use a page. `contact` is empty for whoever wants to stay unknown."""

    id = models.UUIDField(primary_key=True, default=foundation.new_id, editable=False)
    page = models.CharField(max_length=200, blank=True)
    what = models.TextField(max_length=4000)
    contact = models.CharField(max_length=200, blank=True)
    reported_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    classified = {
        "page": "internal",
        "what": "free",
        "contact": "identity",
        "reported_at": "internal",
        "answered_at": "internal",
    }

    class Meta:
        db_table = "shell_faultreport"


class Visit(models.Model):
    """When an account last looked at a start page, and when it did so the time before: what is new stands between.

    A visit goes on as long as the page is looked at again within half an hour, so that a reload hides nothing.
    """

    account = models.OneToOneField("foundation.Account", models.CASCADE, primary_key=True, related_name="+")
    seen_at = models.DateTimeField()
    since = models.DateTimeField(null=True)

    classified = {"account": "internal", "seen_at": "internal", "since": "internal"}

    class Meta:
        db_table = "shell_visit"
