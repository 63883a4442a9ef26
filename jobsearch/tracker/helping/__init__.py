"""Helping each other: tips of work, asking for help, praise and pairs."""
