"""Every way that what child protection keeps can change."""
