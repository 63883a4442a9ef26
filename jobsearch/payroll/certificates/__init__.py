"""Certificates of employment, pay, holiday compensation and days, issued once and kept."""
