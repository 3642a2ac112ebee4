"""Payments to and from the bank as ISO 20022 messages."""
