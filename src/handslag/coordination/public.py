"""The front door of coordination: everything that the contexts above may use."""
