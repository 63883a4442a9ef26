"""Dated figures that a provider enters itself: proposed by one person, approved by another."""
