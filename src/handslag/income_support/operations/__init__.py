"""Every way that income support changes, one module for each part of the trade."""
