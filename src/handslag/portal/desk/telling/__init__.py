"""Who is told of a case: keeping a guardian out, telling the parties before a decision, and telling a decision."""
