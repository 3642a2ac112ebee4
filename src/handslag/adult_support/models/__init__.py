"""The rows of adult support."""

from handslag.adult_support.models.matters import (
    AdultMatter,
    CameAs,
    CareRecord,
    ChildrenSeen,
    ClosedWithout,
    ReportAssessment,
    ReportOutcome,
)

__all__ = [
    "AdultMatter", "CameAs", "CareRecord", "ChildrenSeen", "ClosedWithout", "ReportAssessment", "ReportOutcome",
]  # fmt: skip
