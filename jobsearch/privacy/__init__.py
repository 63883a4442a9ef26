"""What there is about a person: whose each row is, her copy of it, its correction and its end."""
