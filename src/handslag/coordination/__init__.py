"""One family in one view, and work done together."""
