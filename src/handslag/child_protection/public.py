"""The front door of child protection: everything that the contexts above may use."""
