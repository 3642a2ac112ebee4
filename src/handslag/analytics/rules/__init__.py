"""Rules of statistics: standard library only."""
