"""The front door of adult support: everything that the contexts above may use."""
