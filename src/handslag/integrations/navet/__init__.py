"""Navet: address, family and protection mark from the population register (Skatteverket)."""
