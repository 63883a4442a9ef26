"""Confirming that it is still she, before something sensitive."""
