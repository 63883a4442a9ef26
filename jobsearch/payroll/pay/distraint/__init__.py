"""Distraint: what a payment ban takes from somebody's net pay, entered by hand for a run."""
