"""The files that a provider brings: looked at first, then taken in whole or not at all."""
