"""The investigation of a child at the desk: one page with everything in it, and one small page for each act."""
