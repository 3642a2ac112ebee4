"""Pure rules of casework: the standard library only, facts in, answers with reasons out."""
