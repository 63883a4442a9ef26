"""Deadlines of proofs: who is reminded, and what lapses."""
