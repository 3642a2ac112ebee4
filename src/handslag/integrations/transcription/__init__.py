"""Speech to text by a server of the municipality's own."""
