"""The rows of adult support."""
