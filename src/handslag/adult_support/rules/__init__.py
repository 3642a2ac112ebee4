"""Rules of adults' cases. Pure: standard library only."""
