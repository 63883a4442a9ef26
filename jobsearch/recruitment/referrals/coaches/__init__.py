"""The municipal coaches who introduce people, and the link of each of them."""
