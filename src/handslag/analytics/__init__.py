"""Statistics on a pseudonymised schema of their own."""
