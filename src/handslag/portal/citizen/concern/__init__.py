"""Reporting concern for a child, by anyone: one question a page, a sealed draft, one report."""
