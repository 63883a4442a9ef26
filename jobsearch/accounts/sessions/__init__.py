"""Living sign-ins: a new secret for one, the list of one's own, and their end."""
