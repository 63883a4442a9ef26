"""What pay has cost, straight from the pay runs."""
