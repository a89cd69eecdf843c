"""What an answer is, how it is typed, kept and said, and what a condition sees of it."""
