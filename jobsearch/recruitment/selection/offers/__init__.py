"""A seat that comes free is offered to the next on the waiting list, until a certain hour."""
