"""The duty to search: acts of a calendar month against the number in a person's own plan."""
