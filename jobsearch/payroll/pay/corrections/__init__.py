"""Corrections of pay that was paid: taken back and said anew in a later run, never edited."""
