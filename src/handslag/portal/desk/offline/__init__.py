"""Writing notes without coverage: the page that opens then, what the browser needs to land a draft, and its worker script."""
