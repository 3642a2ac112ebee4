"""The decision letter: content, its words, and the PDF."""
