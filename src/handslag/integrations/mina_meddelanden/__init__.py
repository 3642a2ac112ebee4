"""Mina meddelanden: the place of the digital mailbox, and what is missing for it."""
