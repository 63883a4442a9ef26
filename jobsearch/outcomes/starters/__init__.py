"""Whom a file of outcomes may name: those who started, by name."""
