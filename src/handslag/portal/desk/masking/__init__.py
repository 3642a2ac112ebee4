"""Pages where a copy of a case is masked, read through and given, and where a note is held back from the record online."""
