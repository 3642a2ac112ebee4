"""Side-by-side measurements: ratios within one run, because figures of different days and machines do not compare."""
