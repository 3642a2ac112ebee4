"""Every way to read casework; each takes the actor, and the database narrows the rows to what they may see."""
