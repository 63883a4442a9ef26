"""A person's own contract and details for pay: read, asked about, signed, given."""
