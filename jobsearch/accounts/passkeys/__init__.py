"""Passkeys: signing in by the lock of one's own device (WebAuthn)."""
