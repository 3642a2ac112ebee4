"""Every write of adult support."""
