"""A municipality's administrator: its coaches, how many clients each has, and moving them."""
