"""Pure rules: how a family is drawn, and what people are to each other."""
