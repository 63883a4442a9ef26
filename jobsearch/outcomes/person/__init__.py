"""The page of one person: outcomes, questions, calls, corrections."""
