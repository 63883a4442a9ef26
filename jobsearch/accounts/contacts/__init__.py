"""How a participant is reached, when that changes: her sign-in follows, her old address is told."""
