"""Who gets a seat: criteria, decisions with reasons, the waiting list and its offers."""
