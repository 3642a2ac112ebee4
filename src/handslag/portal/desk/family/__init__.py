"""The family in one view, its timeline, meetings and joint matters, as pages of the desk."""
