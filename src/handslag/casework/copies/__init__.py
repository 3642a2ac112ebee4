"""Copies with parts left out: what can be copied, the rules of casework's own, and the PDF."""
