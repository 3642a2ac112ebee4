"""The desk's views, one file for each word of the work."""
