"""The personal calendar feed: a person's days of work in the calendar of her own phone."""
