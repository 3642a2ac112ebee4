"""Reads of income support, already narrowed to what the actor may see."""
