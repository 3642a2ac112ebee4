"""The rows of child protection."""
