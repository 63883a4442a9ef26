"""Signing in by the organisation's own identity provider (OpenID Connect)."""
