"""The page of a survey's link: one reply, into the box, and the ticket is torn up."""
