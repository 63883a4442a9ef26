"""What pay rests on: the contract of employment and the tax card."""
