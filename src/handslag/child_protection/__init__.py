"""Children: reports of concern, assessments, investigations."""
