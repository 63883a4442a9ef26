"""A person answers the follow-up by a personal link, in one tap and without signing in."""
