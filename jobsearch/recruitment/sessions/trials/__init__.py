"""Two wordings of a message tried against each other, by who came to the info session."""
