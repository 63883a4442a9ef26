"""Bonuses: what a programme pays for finding work, what was promised, proven, approved, paid."""
