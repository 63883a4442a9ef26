"""Surveys with 1-5 scales, anonymous by construction."""
