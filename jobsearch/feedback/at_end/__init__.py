"""The survey that goes by itself when a group ends, where its programme says so."""
