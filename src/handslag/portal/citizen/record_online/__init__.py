"""The record online: the person from 15, and guardians with the exceptions (casework's README, the record online)."""
