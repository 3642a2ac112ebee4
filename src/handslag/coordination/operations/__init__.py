"""Every way that coordination changes: secrets, joint matters, meetings."""
