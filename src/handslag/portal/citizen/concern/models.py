"""What the e-service keeps while somebody writes: sealed drafts and papers, and how often an address has sent."""

from django.db import models

from handslag.foundation import public as foundation


class ConcernDraft(models.Model):
    """A report that is being written. Its key stands in the writer's session alone, so nobody else can read it."""

    id = models.UUIDField(primary_key=True, editable=False)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    classified = {"sealed": "sensitive", "saved_at": "internal"}

    class Meta:
        db_table = "concern_draft"


class ConcernPaper(models.Model):
    """A photo or file of a draft, sealed with the draft's key, its name too."""

    id = models.UUIDField(primary_key=True, default=foundation.new_id, editable=False)
    draft = models.ForeignKey(ConcernDraft, models.CASCADE, related_name="papers")
    sealed_name = models.BinaryField()
    sealed = models.BinaryField()
    added_at = models.DateTimeField()

    classified = {"draft": "internal", "sealed_name": "free", "sealed": "sensitive", "added_at": "internal"}

    class Meta:
        db_table = "concern_paper"


class ConcernPace(models.Model):
    """How many reports came from an address in an hour. The digest is keyed by the day and joined to no report."""

    digest = models.CharField(max_length=32)
    hour = models.DateTimeField()
    number = models.IntegerField()

    classified = {"digest": "internal", "hour": "internal", "number": "internal"}

    class Meta:
        db_table = "concern_pace"
        constraints = [models.UniqueConstraint(fields=["digest", "hour"], name="concern_pace_once")]
