"""The pages of the citizen's face, one module for each part of the trade."""
