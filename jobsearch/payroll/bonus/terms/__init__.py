"""The rules of a programme: what earns a bonus, from which day on."""
