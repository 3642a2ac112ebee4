"""Letters that casework makes itself."""
