"""The process handbook of the desk: each process as it is declared, drawn, and how well it is kept."""
