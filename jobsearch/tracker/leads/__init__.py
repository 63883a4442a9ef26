"""Leads: what a person is after, at which employer, how far it is and what comes next."""
