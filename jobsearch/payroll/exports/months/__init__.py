"""The pay of a calendar month, by day of payment: every sum against every other source."""
