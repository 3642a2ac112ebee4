"""SSBTEK v10: one question to eight agencies about what a person has been paid."""
