"""Reads of coordination, already narrowed to what the actor may see."""
