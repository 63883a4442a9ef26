"""Corrections of outcomes: the row says what is so, the trail what was said before."""
