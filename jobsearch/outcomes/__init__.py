"""What came of it for each person: work found, other outcomes, and the follow-up."""
