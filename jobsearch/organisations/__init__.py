"""Providers and municipalities and their settings."""
