"""The start pages of each role; reads only."""
